package ecstest

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
)

// write sends an answer, or as much of it as the fault lets through.
func (s *Server) write(w http.ResponseWriter, c *Call, kind Kind, out []byte, fail *failure) {
	outcome, status, code := Succeeded, http.StatusOK, ""
	if fail != nil {
		outcome, status, code = Failed, fail.status, fail.code
		if code == "ThrottlingException" {
			outcome = Throttled
		}
		out = errorBody(c, fail)
	}
	switch c.Service {
	case "sts":
		w.Header().Set("Content-Type", "text/xml")
	case "account":
		w.Header().Set("Content-Type", "application/json")
		if fail != nil {
			w.Header().Set("X-Amzn-Errortype", fail.code)
		}
	default:
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	}
	// The length is that of the whole answer even where only a part is sent: the
	// server then closes the connection, and the client sees an unexpected end.
	w.Header().Set("Content-Length", strconv.Itoa(len(out)))
	if kind == CutShort || kind == CutError {
		outcome = Failed
		out = out[:len(out)/2]
	}
	s.record.end(c, outcome, code)
	w.WriteHeader(status)
	w.Write(out)
}

func errorBody(c *Call, fail *failure) []byte {
	if c.Service == "sts" {
		return fmt.Appendf(nil, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>`+
			`<Code>%s</Code><Message>%s</Message></Error><RequestId>0</RequestId></ErrorResponse>`, fail.code, fail.message)
	}
	out, err := json.Marshal(map[string]string{"__type": fail.code, "message": fail.message})
	if err != nil {
		return []byte("{}")
	}
	return out
}

// reset drops the connection so that the client's side sees a reset.
func reset(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}
