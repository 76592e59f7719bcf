/**
 * Does the work for each item, a few at a time, begun in their order. After a failure nothing more is begun; what is under way is
 * awaited, then the failure is thrown.
 */
export async function forEachFew<T>(
  items: readonly T[],
  few: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let hasFailed = false;
  const workOff = async () => {
    // Each takes the next that nobody took.
    for (const item of left) {
      if (hasFailed) return;
      try {
        await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: few }, workOff));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
