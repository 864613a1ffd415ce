import type { Page } from './browser.ts';

const pad = (page: Page) => page.locator('.sign-pad svg');

/** Writes two strokes on the glass. */
export async function writeOnPad(page: Page): Promise<void> {
  await pad(page).scrollIntoViewIfNeeded();
  const box = (await pad(page).boundingBox())!;
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  for (const y of [0.35, 0.6]) {
    await page.mouse.move(...at(0.2, y));
    await page.mouse.down();
    await page.mouse.move(...at(0.45, y - 0.2), { steps: 8 });
    await page.mouse.move(...at(0.75, y + 0.1), { steps: 8 });
    await page.mouse.up();
  }
}

/** Says who signs, and writes. */
export async function signAs(page: Page, who: { name: string; capacity: string }): Promise<void> {
  await page.locator('#sign-name').fill(who.name);
  await page.locator('#sign-capacity').fill(who.capacity);
  await page.locator('.ant-drawer-title').click();
  await writeOnPad(page);
}

/** Keeps the signature, and waits until the pad is empty for the next. */
export async function confirmSignature(page: Page): Promise<void> {
  await page.locator('.drawer-foot .ant-btn-primary').click();
  await page.locator('.sign-pad svg path').first().waitFor({ state: 'detached' });
}
