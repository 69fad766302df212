package gittree

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects reads objects of a repository through one process, one at a time.
type objects struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func open(ctx context.Context, folder string) (*objects, error) {
	o := &objects{cmd: command(ctx, folder, "cat-file", "--batch")}
	var err error
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	o.out = bufio.NewReader(out)
	return o, o.cmd.Start()
}

// read reads an object in full.
func (o *objects) read(object string) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, err := io.WriteString(o.in, object+"\n"); err != nil {
		return nil, errors.New("git has ended")
	}
	head, err := o.out.ReadString('\n')
	if err != nil {
		return nil, errors.New("git has ended")
	}
	f := strings.Fields(head)
	if len(f) != 3 {
		return nil, errors.New("is not among git's objects here")
	}
	size, err := strconv.ParseInt(f[2], 10, 64)
	if err != nil || size < 0 {
		return nil, fmt.Errorf("git gives it the size %s", f[2])
	}
	text := make([]byte, size+1) // a newline follows
	if _, err := io.ReadFull(o.out, text); err != nil {
		return nil, errors.New("git has ended")
	}
	return text[:size], nil
}

func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.in.Close(); err != nil {
		return err
	}
	return o.cmd.Wait()
}
