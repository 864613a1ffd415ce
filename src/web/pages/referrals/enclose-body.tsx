import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { ActBody } from '../../components/act.ts';
import type { Choice } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';

/** The five enclosures, and what of the case can be one: an issued paper or a file. */
export const EncloseBody: ActBody = ({ subject }) => {
  const { t } = useTranslation();
  const { data: transfer } = useApi('/api/transfers/{id}', { path: { id: subject.id } });
  const caseId = transfer?.caseId;
  const enabled = caseId !== undefined;
  const found = useApi('/api/cases/{id}', { path: { id: caseId ?? '' }, enabled });
  const files = useApi('/api/attachments', {
    query: { subjectKind: 'case', subjectId: caseId ?? '' },
    enabled,
  });
  const own = useApi('/api/attachments', { query: { subjectKind: 'transfer', subjectId: subject.id } });
  const kinds = useApi('/api/documents/kinds', { staleTime: 600_000 });
  const titles = new Map((kinds.data?.items ?? []).map(({ kind, titleZh }) => [kind, titleZh]));
  const papers: Choice[] = (found.data?.documents ?? [])
    .filter(({ state }) => state === 'issued')
    .map(({ id, kind, number }) => ({
      value: `document:${id}`,
      label: `${titles.get(kind) ?? kind} ${number ?? ''}`,
    }));
  const attached: Choice[] = [...(own.data?.items ?? []), ...(files.data?.items ?? [])].map(
    ({ id, name }) => ({
      value: `attachment:${id}`,
      label: name,
    }),
  );
  const reports: Choice[] = (transfer?.laboratoryReports ?? []).map(({ id, number }) => ({
    value: id,
    label: number,
  }));
  const items: Choice[] = [1, 2, 3, 4, 5].map((item) => ({
    value: item,
    label: t(`word.enclosure.${item}`),
  }));
  return (
    <FormFields
      fields={[
        { name: 'item', kind: 'choice', required: true, wide: true, options: items },
        { name: 'title', kind: 'line', required: true, wide: true },
        {
          name: 'what',
          kind: 'choice',
          required: true,
          wide: true,
          label: 'referral.what',
          options: [...papers, ...attached],
        },
        {
          name: 'reportId',
          kind: 'choice',
          label: 'kind.report',
          options: reports,
          when: ({ item }) => item === 3 && reports.length > 0,
        },
      ]}
    />
  );
};
