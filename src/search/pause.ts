/** Resolves after `durationMs`, or at once when one of the signals is aborted: the caller looks at them. */
export async function pause(durationMs: number, ...signals: AbortSignal[]): Promise<void> {
  if (signals.some((signal) => signal.aborted)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  const timer = setTimeout(stop, durationMs);
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  await promise;
  clearTimeout(timer);
  for (const signal of signals) signal.removeEventListener('abort', stop);
}
