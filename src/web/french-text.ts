/** Narrow space that does not break, as French typography wants within numbers and before `;`, `!` and `?`. */
const NARROW = '\u202f';

/** "12 345". */
export function toFrenchNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, NARROW);
}

/** "1 résultat", "2 résultats", "0 résultat". */
export function toCount(value: number, one: string, many = `${one}s`): string {
  return `${toFrenchNumber(value)}\u00a0${value < 2 ? one : many}`;
}

/** "à 850 m", "à 3,4 km", "à 27 km". */
export function toFrenchDistance(meters: number): string {
  if (meters < 1000) return `${Math.round(meters / 50) * 50}\u00a0m`;
  const kilometers = meters < 10_000 ? Math.round(meters / 100) / 10 : Math.round(meters / 1000);
  return `${String(kilometers).replace('.', ',')}\u00a0km`;
}

/** French numbers by pairs: "04 71 04 32 10"; others as they are. */
export function toFrenchPhone(phone: string): string {
  const national = phone.replace(/[\s.-]/g, '').replace(/^(?:\+|00)33(?=\d{9}$)/, '0');
  return /^0\d{9}$/.test(national) ? national.replace(/\B(?=(\d{2})+$)/g, NARROW) : phone;
}
