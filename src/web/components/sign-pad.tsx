import { type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** Strokes of x, y, x, y … on a pad 1000 wide. */
export type Strokes = number[][];

const WIDTH = 1000;
const HEIGHT = 520;
/** As many numbers as one stroke may have; a longer one goes on as the next. */
const MOST = 3990;
/** Nearer than this to the last point is the same point. */
const NEAR = 5;

type Place = { clientX: number; clientY: number };

function pointIn(pad: SVGSVGElement, { clientX, clientY }: Place): [number, number] {
  const box = pad.getBoundingClientRect();
  const within = (share: number, most: number): number => Math.round(Math.min(1, Math.max(0, share)) * most);
  return [within((clientX - box.left) / box.width, WIDTH), within((clientY - box.top) / box.height, HEIGHT)];
}

/** The strokes with one more point at the end of the last. */
function withPoint(strokes: Strokes, [x, y]: [number, number]): Strokes {
  const last = strokes.at(-1) ?? [];
  const [lastX = -NEAR, lastY = -NEAR] = last.slice(-2);
  if (Math.hypot(x - lastX, y - lastY) < NEAR) return strokes;
  if (last.length >= MOST) return [...strokes, [lastX, lastY, x, y]];
  return [...strokes.slice(0, -1), [...last, x, y]];
}

/** A stroke as it is printed: smooth from the middle of one piece to the middle of the next. */
function pathOf(stroke: readonly number[]): string {
  const at = (index: number): [number, number] => [stroke[index * 2] ?? 0, stroke[index * 2 + 1] ?? 0];
  const count = stroke.length / 2;
  const parts = [`M${at(0).join(' ')}`];
  for (let index = 1; index < count - 1; index += 1) {
    const [x, y] = at(index);
    const [nextX, nextY] = at(index + 1);
    parts.push(`Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`);
  }
  return [...parts, `L${at(count - 1).join(' ')}`].join('');
}

type Props = { value: Strokes; onChange: (strokes: Strokes) => void };

/** Where one signs with a finger, a pen or the mouse; what is drawn is what the paper will show. */
export function SignPad({ value, onChange }: Props) {
  const { t } = useTranslation();
  const pen = useRef<number>(undefined);
  const drawn = useRef(value);
  drawn.current = value;
  const write = (strokes: Strokes): void => {
    drawn.current = strokes;
    onChange(strokes);
  };
  const begin = (event: PointerEvent<SVGSVGElement>): void => {
    if (pen.current !== undefined || !event.isPrimary || event.button !== 0) return;
    pen.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    write([...drawn.current, pointIn(event.currentTarget, event)]);
  };
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    if (pen.current !== event.pointerId) return;
    const { currentTarget: pad, nativeEvent } = event;
    // A fast hand makes more points than the screen has frames.
    const places = nativeEvent.getCoalescedEvents?.() ?? [];
    const points = (places.length > 0 ? places : [nativeEvent]).map((place) => pointIn(pad, place));
    write(points.reduce(withPoint, drawn.current));
  };
  const end = (event: PointerEvent<SVGSVGElement>): void => {
    if (pen.current === event.pointerId) pen.current = undefined;
  };
  return (
    <div className="sign-pad">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('sign.pad')}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {value.map((stroke, index) => (
          <path key={index} d={pathOf(stroke)} />
        ))}
      </svg>
      {value.length === 0 && <span aria-hidden>{t('sign.here')}</span>}
    </div>
  );
}
