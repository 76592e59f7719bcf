/** npm sends on to its script what the terminal has sent to both already. */
const SAME_WITHIN_MS = 1000;

/**
 * Calls `stop` at the first signal to stop. Another one shortly after is the same; a later one means it: the process ends at once, and
 * whatever is still closing is left as it is, which the next start copes with.
 * @param sameWithinMs how long after the first one
 */
export function onStopSignal(stop: (name: NodeJS.Signals) => void, sameWithinMs = SAME_WITHIN_MS): void {
  let firstAtMs: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (firstAtMs === undefined) {
        firstAtMs = performance.now();
        stop(name);
      } else if (performance.now() - firstAtMs > sameWithinMs) {
        process.exit(130);
      }
    });
  }
}
