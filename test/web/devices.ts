import { devices, type BrowserContextOptions } from 'playwright-core';

const { defaultBrowserType: _, ...pixel } = devices['Pixel 7']!;

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

/** A phone's window, density, touch and user agent. */
export const PHONE: BrowserContextOptions = pixel;

/** For `test.each` and `describe.each`. */
export const DEVICES = [
  ['on a desktop', DESKTOP],
  ['on a phone', PHONE],
] as const;
