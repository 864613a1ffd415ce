import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';
import { ALL_SIDES } from './inspection-words.ts';

type Person = AnswerOf<'/api/inspections/{id}'>['people'][number];

/** Who is there on each side: officers with their certificates, police with their badges. */
export function PeopleCard({ people, title }: { people: readonly Person[]; title: string }) {
  const { t } = useTranslation();
  const sides = ALL_SIDES.filter((side) => people.some((person) => person.side === side));
  if (sides.length === 0) return null;
  return (
    <Card size="small" title={t(title)}>
      <div className="room">
        {sides.map((side) => (
          <section key={side}>
            <h2>{t(`word.side.${side}`)}</h2>
            <ul className="lines">
              {people
                .filter((person) => person.side === side)
                .map(({ name, credential, organisation, role }) => (
                  <li key={`${name}${credential ?? ''}`}>
                    <b>{name}</b> <span className="number">{credential}</span>
                    {(organisation || role) && (
                      <div className="quiet">{[organisation, role].filter(Boolean).join(' · ')}</div>
                    )}
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}
