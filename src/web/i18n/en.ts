const files = import.meta.glob<Record<string, unknown>>('./*.en.json', { eager: true, import: 'default' });

/** Every file of texts under its own name: `shell.zh.json` holds what begins with `shell.`. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.slice(2).split('.')[0]!, content]),
);
