// Runs in the page that is measured.

const PATIENCE_MS = 15_000;

/** Looks at every frame until there is something other than false; fails with what the page shows. */
const until = (look) =>
  new Promise((done, failed) => {
    const began = performance.now();
    const frame = () => {
      const found = look();
      if (found !== false) return done(found);
      if (performance.now() - began < PATIENCE_MS) return requestAnimationFrame(frame);
      return failed(new Error(document.body.textContent));
    };
    frame();
  });

const heading = () => document.querySelector('main h1')?.textContent;

const isFilled = () => Boolean(heading()) && !document.querySelector('main .ant-skeleton');

const painted = [];

let began;

globalThis.bench = {
  /** From the start of the load until the heading and the rows are there and the page is idle. */
  interactive: async () => {
    await until(isFilled);
    await new Promise((idle) => requestIdleCallback(idle));
    return performance.now();
  },

  /** From the click on a link of the navigation until the other page's heading and rows are there. */
  move: (path) => {
    const before = heading();
    const began = performance.now();
    document.querySelector(`nav a[href="${path}"]`).click();
    return until(() => heading() !== before && isFilled() && performance.now() - began);
  },

  /** From here on each letter leaves behind how long it took until it was painted. */
  watchLetters: () => {
    const watch = ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => painted.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    };
    document.addEventListener('input', watch, { capture: true });
  },

  painted: () => painted,

  /** The next letter is the one whose time is taken. */
  expectLetter: () => {
    began = undefined;
    const typed = ({ timeStamp }) => (began = timeStamp);
    document.addEventListener('input', typed, { capture: true, once: true });
  },

  /** From that letter until the party of that name is drawn beside the form. */
  drawn: (name) => {
    const names = () => [...document.querySelectorAll('aside li b')].map((b) => b.textContent);
    return until(() => began !== undefined && names().includes(name) && performance.now() - began);
  },
};
