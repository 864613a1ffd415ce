import type { Locator, Page } from 'playwright-core';

/** A select of a form: what is typed finds the choice, which may have to come from the server first. */
export async function choose(
  page: Page,
  label: string,
  text: string,
  within: Locator = page.locator('body'),
): Promise<void> {
  await within.getByLabel(label, { exact: true }).fill(text);
  await page.locator('.ant-select-item-option-active:visible').filter({ hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** A day of a form. */
export async function day(page: Page, label: string, on: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(on);
  await page.keyboard.press('Tab');
}

/** Presses the button of an act, and below the one that sends it. */
export const open = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
// Not exact: what has been sent before leaves its wheel in the button for a while.
export const press = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name }).last().click();
/** Sends the form of an act and waits for what it says. */
export async function send(page: Page, name: string): Promise<void> {
  await press(page, name);
  await page.getByText(`${name}：已完成`).first().waitFor();
  // The word of an earlier act may still be there: the form is gone only when this one is done.
  await page.getByRole('dialog').last().waitFor({ state: 'hidden' });
}

/** What a paste from a sheet or a hotline's page is to the field that has the focus. */
export const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(`{
    const data = new DataTransfer();
    data.setData('text', ${JSON.stringify(text)});
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(paste);
  }`);
