// The thread of a call: a fresh instance, one function, its answer.

import { parentPort, workerData } from 'node:worker_threads';
import type { Ending, Job, ThreadData } from '../messages.js';
import { answer, findings } from './answers.js';
import { http } from './http.js';
import { io } from './io.js';
import { Wire } from './wire.js';

type Interfaces = Record<Job['interface'], Record<string, (...values: unknown[]) => unknown>>;
type Instantiate = (
  module: (name: string) => WebAssembly.Module,
  imports: Record<string, unknown>,
  instance: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance,
) => Interfaces;

// Both are about what jco's code does in each instantiation. Without JSPI it calls `WebAssembly.promising` all the same and catches the
// error, for whose message V8 reads the caller's source again: 60 to 100 ms for each instance on Node 20, and 2 ms with this. It also
// looks into the environment all the time, which is slow, and of which nothing is its business.
const wasm = WebAssembly as { promising?: (call: unknown) => unknown };
wasm.promising ??= (call) => call;
process.env = {};
// Errors carry refusals to the guest here, several for each request. Nobody reads where they came from, and finding that out is slow.
Error.stackTraceLimit = 0;

const { modules, glue, port, signal } = workerData as ThreadData;
const wire = new Wire(port, signal);
const { pollable, imports } = io(wire);
const all = { ...imports, ...http(wire, pollable) };

void start();

async function start(): Promise<void> {
  const { instantiate } = (await import(glue)) as { instantiate: Instantiate };
  const fresh = () =>
    instantiate(
      (name) => {
        const module = modules[name] as WebAssembly.Module | undefined;
        if (!module) throw new Error(`the package lacks ${name}`);
        return module;
      },
      all,
      (module, imports) => new WebAssembly.Instance(module, imports),
    );
  // Made while nothing waits for it. It serves one call, and then the next one is made.
  let instance: Interfaces | undefined = fresh();
  parentPort?.on('message', (job: Job) => {
    wire.begin(job.call, job.domain);
    const ending = carryOut(job, instance ?? fresh());
    instance = undefined;
    wire.send({ kind: 'ended', ending });
    wire.flush();
    // After a trap the main thread ends this thread, and none is needed.
    if (ending.kind === 'trap' || ending.kind === 'failed') return;
    instance = fresh();
  });
  wire.send({ kind: 'ready' });
  wire.flush();
}

function carryOut(job: Job, instance: Interfaces): Ending {
  try {
    const call = instance[job.interface][job.function];
    if (!call) return { kind: 'failed', message: `the module has no function ${job.function}` };
    const value = call(...job.arguments);
    if (job.interface === 'oauth') return { kind: 'answer', answer: value, log: null };
    return { kind: 'answer', ...answer(job.interface, job.function, value) };
  } catch (error) {
    // The error of the function's own `result`, thrown as it is.
    if (!(error instanceof Error)) {
      if (job.interface === 'oauth') return { kind: 'refused', error };
      return { kind: 'findings', findings: findings(error as unknown[]) };
    }
    // Of a trap V8's words, which know no value. What other errors say may hold one.
    if (error instanceof WebAssembly.RuntimeError) return { kind: 'trap', message: error.message };
    if (error instanceof RangeError) return { kind: 'trap', message: error.name };
    return { kind: 'failed', message: error.name };
  }
}
