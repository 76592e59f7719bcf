const INSTANT = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

/** "21 nov. 2026, 08:14", at Paris; a dash for what never was. */
export function toFrenchInstant(instant: string | Date | null): string {
  return instant === null ? '–' : INSTANT.format(typeof instant === 'string' ? new Date(instant) : instant);
}

/** "à l’instant", "il y a 12 min", "il y a 3 h", "il y a 5 jours". */
export function toFrenchAge(instant: string | Date, now: Date): string {
  const seconds = (now.getTime() - new Date(instant).getTime()) / 1000;
  if (seconds < 60) return 'à l’instant';
  if (seconds < 3600) return `il y a ${Math.floor(seconds / 60)}\u00a0min`;
  if (seconds < 2 * 86_400) return `il y a ${Math.floor(seconds / 3600)}\u00a0h`;
  return `il y a ${Math.floor(seconds / 86_400)}\u00a0jours`;
}

/** "850 ms", "12,3 s", "5 min 7 s". */
export function toFrenchDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1).replace('.', ',')}\u00a0s`;
  return `${Math.floor(ms / 60_000)}\u00a0min ${Math.round((ms % 60_000) / 1000)}\u00a0s`;
}
