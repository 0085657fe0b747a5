// A pool in Go as a target: copy it, and put your own where startWorker and serve stand.
//
//	go build -o pool pool.go && revenant chaos -- ./pool
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

const workers = 2
const attemptsMax = 3

type task struct {
	ID  uint64          `json:"id"`
	Op  string          `json:"op"`
	Arg json.RawMessage `json:"arg"`
}

// Runs in a worker. Here stands what your workers do; the harness knows these.
func work(t task) any {
	switch t.Op {
	case "crc32":
		var text string
		json.Unmarshal(t.Arg, &text)
		return crc32.ChecksumIEEE([]byte(text))
	case "sleep":
		var milliseconds float64
		json.Unmarshal(t.Arg, &milliseconds)
		time.Sleep(time.Duration(milliseconds * float64(time.Millisecond)))
	case "die":
		var how struct{ Exit, Signal *int }
		json.Unmarshal(t.Arg, &how)
		if how.Exit != nil {
			os.Exit(*how.Exit)
		}
		syscall.Kill(os.Getpid(), syscall.Signal(*how.Signal))
	}
	return t.Arg
}

func workerMain() {
	tasks := json.NewDecoder(os.Stdin)
	values := json.NewEncoder(os.Stdout)
	for {
		var t task
		if tasks.Decode(&t) != nil {
			return
		}
		values.Encode(work(t))
	}
}

type worker struct {
	command *exec.Cmd
	tasks   io.WriteCloser
	values  *bufio.Reader
}

func startWorker() *worker {
	command := exec.Command("/proc/self/exe", "worker")
	command.Stderr = os.Stderr
	tasks, _ := command.StdinPipe()
	values, _ := command.StdoutPipe()
	if err := command.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return &worker{command, tasks, bufio.NewReader(values)}
}

func (w *worker) end() {
	w.tasks.Close()
	w.command.Wait()
}

// False if the worker died.
func (w *worker) carryOut(t task) (json.RawMessage, bool) {
	if json.NewEncoder(w.tasks).Encode(t) != nil {
		return nil, false
	}
	line, err := w.values.ReadBytes('\n')
	return line, err == nil
}

var saying sync.Mutex

func say(message any) {
	saying.Lock()
	defer saying.Unlock()
	line, _ := json.Marshal(message)
	os.Stdout.Write(append(line, '\n'))
}

func serve(tasks <-chan task) {
	w := startWorker()
	defer func() { w.end() }()
	for t := range tasks {
		done := false
		for attempt := 0; attempt < attemptsMax && !done; attempt++ {
			value, alive := w.carryOut(t)
			if alive {
				say(map[string]any{"type": "result", "id": t.ID, "value": value})
				done = true
			} else {
				w.end()
				w = startWorker()
			}
		}
		if !done {
			say(map[string]any{"type": "failed", "id": t.ID, "reason": "its workers died"})
		}
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		workerMain()
		return
	}
	tasks := make(chan task, 1024)
	var serving sync.WaitGroup
	for i := 0; i < workers; i++ {
		serving.Add(1)
		go func() {
			defer serving.Done()
			serve(tasks)
		}()
	}
	say(map[string]any{"type": "ready", "ops": []string{"echo", "crc32", "sleep", "die"}})
	lines := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var t task
		if lines.Decode(&t) != nil {
			break
		}
		tasks <- t
	}
	close(tasks)
	serving.Wait()
}
