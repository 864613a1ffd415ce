import { word } from '../../components/format.ts';

type Held = {
  unit: string | null;
  balances: readonly { place: string; title: string; quantity: string }[];
};

/** Where an item is now: each account that holds some of it. */
export const Whereabouts = ({ item }: { item: Held }) =>
  item.balances.map(({ place, title, quantity }) => (
    <div key={place + title} className="balance">
      {word('word.goodsPlace', place)} <b>{quantity}</b> {item.unit}{' '}
      <span className="quiet">{word('word.goodsTitle', title)}</span>
    </div>
  ));
