// What can be undone. Changes of one thing in quick succession, such as typing in one field, are one step.

export interface History<T> {
  past: T[];
  now: T;
  future: T[];
  /** What changed last, and when. */
  last: { what: string; at: number };
}

const PAUSE = 1000;
const MAX_STEPS = 200;

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [], last: { what: '', at: 0 } });

export function change<T>(history: History<T>, what: string, next: T, at: number): History<T> {
  if (next === history.now) return history;
  const isSame = what !== '' && what === history.last.what && at - history.last.at < PAUSE;
  const past = isSame ? history.past : [...history.past, history.now].slice(-MAX_STEPS);
  return { past, now: next, future: [], last: { what, at } };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], last: { what: '', at: 0 } };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, last: { what: '', at: 0 } };
}
