// What the clients in JavaScript measure, and how.

export const operations = Number(process.env.OPERATIONS);
export const simulator = JSON.parse(process.env.SIMULATOR);
/** More than in Python: V8 compiles what is hot. */
export const WARM_UP = Math.min(200, operations);

/** Of one operation, in microseconds; `sent` counts all requests so far. */
export async function measure(operation, count, sent) {
  const [cpu, wall, before] = [process.cpuUsage(), performance.now(), sent()];
  for (let n = 0; n < count; n += 1) await operation(n);
  const used = process.cpuUsage(cpu);
  return {
    cpu: (used.user + used.system) / count,
    wall: ((performance.now() - wall) * 1000) / count,
    requests: (sent() - before) / count,
  };
}

export function tell(measured) {
  console.log(JSON.stringify({ ...measured, memory: process.resourceUsage().maxRSS * 1024 }));
}
