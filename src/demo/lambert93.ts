const E = 0.0818191910428158;
const N = 0.725607765053267;
const C = 11754255.426096;
const X0 = 700000;
const Y0 = 12655612.049876;
const LONGITUDE0 = (3 * Math.PI) / 180;

/**
 * WGS 84 degrees (taken as RGF93) to Lambert-93 metres; metropolitan France only.
 * @see IGN, NTG 71 "Projection cartographique conique conforme de Lambert", algorithms 1 and 3
 */
export function toLambert93(latitude: number, longitude: number): { easting: number; northing: number } {
  const phi = (latitude * Math.PI) / 180;
  const sin = Math.sin(phi);
  const isometric = Math.log(Math.tan(Math.PI / 4 + phi / 2) * ((1 - E * sin) / (1 + E * sin)) ** (E / 2));
  const radius = C * Math.exp(-N * isometric);
  const angle = N * ((longitude * Math.PI) / 180 - LONGITUDE0);
  return { easting: X0 + radius * Math.sin(angle), northing: Y0 - radius * Math.cos(angle) };
}
