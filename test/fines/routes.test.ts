import t from 'tap';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';

t.test('the calculators over HTTP: anybody logged in, in his language', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  t.match(await must(officer.get('/api/fines/FSL122?value=10000')), {
    rule: 'FSL122',
    min: 100_000,
    max: 200_000,
  });
  const english = await officer.get('/api/fines/FSL134?value=1', { headers: { 'accept-language': 'en' } });
  t.match(english.body, { min: null, max: null, text: /no fine/ });
  t.equal((await must<{ items: unknown[] }>(officer.get('/api/fines'))).items.length, 28);
  const threshold = await must(officer.get('/api/crime-threshold?sold=0&unsold=150000'));
  t.match(threshold, { reached: ['CL140_unsold', 'CL140_combined'] });
  t.match(await officer.get('/api/fines/FSL999?value=1'), {
    status: 404,
    body: { code: 'fine.unknown_rule' },
  });
  t.match(await officer.get('/api/fines/FSL122'), { status: 422, body: { code: 'fine.value_needed' } });
  for (const value of ['-1', '1e9', 'x', '1.0000001'])
    t.match(await officer.get(`/api/fines/FSL122?value=${value}`), {
      status: 400,
      body: { errors: [{ field: 'value' }] },
    });
  t.equal((await officer.get('/api/crime-threshold?sold=1')).status, 400);
  t.equal((await app.anonymous().get('/api/fines')).status, 401);
});
