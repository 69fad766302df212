package ecstest

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// StartInMemory serves a world without sockets, to [Server.Client] only. Inside
// a testing/synctest bubble hours of throttling pass in no time.
func StartInMemory(w *World) *Server {
	s := &Server{URL: "http://ecs.test", world: w, closing: make(chan struct{})}
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: s}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l) // always ErrServerClosed or the listener's end
	}()
	s.client = &http.Client{Transport: &http.Transport{DialContext: l.dial, MaxIdleConnsPerHost: 256}}
	s.shut = func() {
		_ = server.Close()
		<-ended
	}
	return s
}

// pipes is a listener whose connections are pipes in memory.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }
