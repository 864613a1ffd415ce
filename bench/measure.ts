/** The middle value: one slow round does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Runs `work` from `lanes` callers at once until `total` runs are done; answers runs per second. */
export async function throughput(
  lanes: number,
  total: number,
  work: (n: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < total) {
        const n = next;
        next += 1;
        await work(n);
      }
    }),
  );
  return total / ((performance.now() - began) / 1000);
}

/** The value below which `share` per cent of the values lie, to the hundredth. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * share) / 100) - 1)]!;
  return Math.round(value * 100) / 100;
}
