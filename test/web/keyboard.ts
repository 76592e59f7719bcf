import type { Locator, Page } from 'playwright-core';

const TABS_MAX = 200;

/**
 * Moves the focus by Tab, as somebody without a mouse does, until it is there.
 * @throws when it does not lead there, or when what has the focus on the way cannot be seen or is covered
 */
export async function focusByTab(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let count = 0; count < TABS_MAX; count += 1) {
    if (await target.evaluate((it) => it === it.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate<string | null>(UNSEEN_FOCUS);
    if (unseen !== null) throw new Error(`it has the focus and cannot be seen: ${unseen}`);
  }
  throw new Error(`${TABS_MAX} times Tab do not lead to ${target.toString()}`);
}

export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await focusByTab(page, target);
  await page.keyboard.press(key);
}

/** Takes the place of what the field holds. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await focusByTab(page, target);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** One of the options of a `select`. */
export async function choose(page: Page, target: Locator, label: string): Promise<void> {
  await focusByTab(page, target);
  await page.keyboard.press('Home');
  for (let count = await target.locator('option').count(); count > 0; count -= 1) {
    if ((await target.locator('option:checked').innerText()).trim() === label) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrows do not lead to ${label}`);
}

/** What has the focus, when it is too small, out of the window, under something else, or not marked; else null. */
const UNSEEN_FOCUS = `(() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const seen = [...it.getClientRects()].some((box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right - left <= 1 || bottom - top <= 1) return false;
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return above !== null && (it.contains(above) || above.contains(it) || above.closest('label')?.control === it);
  });
  // Within a date, the button of the calendar has it, which marks itself.
  return seen && (it.matches(':focus-visible') || !it.matches(':focus')) ? null : it.outerHTML.slice(0, 200);
})()`;
