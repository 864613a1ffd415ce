import fc from 'fast-check';
import t from 'tap';
import type { AppError } from '../../src/shared/errors.ts';
import {
  checkComplaint,
  checkedReporter,
  checkKeys,
  COMPLAINT_FLOW,
  ENQUIRY_FLOW,
  idKey,
  nextState,
  phoneKey,
  refusalGround,
  refusalGrounds,
  REPORT_FLOW,
  splitKind,
  type TipAction,
} from '../../src/modules/tips/rules.ts';
import { MASK, maskingOf, namesReporter } from '../../src/modules/tips/particulars.ts';
import { TipKind, TipState } from '../../src/modules/tips/schemas.ts';

const LEADS: Record<string, Record<string, Record<string, string>>> = {
  complaint: {
    received: {
      accept: 'accepted',
      refuse: 'refused',
      request_identity: 'awaiting_identity',
      withdraw: 'withdrawn',
      forward: 'forwarded',
    },
    awaiting_identity: { identity_supplied: 'received', refuse: 'refused', withdraw: 'withdrawn' },
    accepted: { start_mediation: 'mediating', delegate: 'mediating', terminate: 'terminated' },
    mediating: { suspend: 'suspended', settle: 'settled', terminate: 'terminated' },
    suspended: { resume: 'mediating', terminate: 'terminated' },
  },
  report: {
    received: { open_source: 'verifying' },
    verifying: { open_case: 'case_opened', decline: 'not_filed', hand_over: 'handed_over' },
  },
  enquiry: { received: { answer: 'answered' } },
};

const FLOWS = { complaint: COMPLAINT_FLOW, report: REPORT_FLOW, enquiry: ENQUIRY_FLOW };

t.test('each kind × state × action leads where the law leads, or is refused', async (t) => {
  const actions = [
    ...new Set(
      Object.values(LEADS).flatMap((states) => Object.values(states).flatMap((open) => Object.keys(open))),
    ),
  ] as TipAction[];
  for (const kind of TipKind.options) {
    for (const state of TipState.options.filter((one) => one in FLOWS[kind])) {
      for (const action of actions) {
        const expected = LEADS[kind]?.[state]?.[action];
        const act = () => nextState({ kind, state }, action);
        if (expected) t.equal(act(), expected, `${kind} ${state} ${action}`);
        else
          t.throws(act, { status: 409, code: 'workflow.action_not_allowed' }, `${kind} ${state} ${action}`);
      }
    }
  }
});

t.test('between them the flows use every state there is', async (t) => {
  const used = new Set(Object.values(FLOWS).flatMap((flow) => Object.keys(flow)));
  t.same([...used].toSorted(), TipState.options.toSorted());
});

t.test('grounds of refusal: six under Order 20, seven under Order 121, by the day of the act', async (t) => {
  t.equal(refusalGrounds('2024-02-05').grounds.length, 6);
  t.equal(refusalGrounds('2026-04-14').grounds.length, 6);
  t.equal(refusalGrounds('2026-04-15').grounds.length, 7);
  t.throws(() => refusalGround(7, '2026-04-14'), {
    code: 'tip.refusal_ground',
    params: { article: /暂行办法》第十五条/ },
  });
  t.match(refusalGround(6, '2026-04-14'), { zh: /其他情形/ });
  t.match(refusalGround(6, '2026-05-06'), {
    zh: /冒用他人名义/,
    article: '《市场监督管理投诉举报处理办法》第十六条',
  });
  t.match(refusalGround(7, '2026-05-06'), { zh: /其他情形/ });
  t.throws(() => refusalGround(8, '2026-05-06'), { code: 'tip.refusal_ground' });
});

const WHOLE = {
  reporter: { name: '甲', phone: '13800000001', address: '新都', anonymous: false },
  respondent: { address: '新都' },
  demand: '退款',
};

const errorsOf = (run: () => unknown): string[] => {
  try {
    run();
    return [];
  } catch (error) {
    return ((error as AppError).errors ?? []).map(({ field }) => field);
  }
};

t.test('a complaint brings what the article asks for, all that is missing named at once', async (t) => {
  t.same(
    errorsOf(() => checkComplaint(WHOLE, '2024-02-05')),
    [],
  );
  t.same(
    errorsOf(() => checkComplaint({ reporter: undefined, respondent: {} }, '2024-02-05')),
    ['reporter.name', 'reporter.phone', 'reporter.address', 'respondent.address', 'demand'],
  );
  const hidden = { ...WHOLE, reporter: { ...WHOLE.reporter, anonymous: true } };
  t.same(
    errorsOf(() => checkComplaint(hidden, '2024-02-05')),
    ['reporter.anonymous'],
  );
  const partly = { ...WHOLE, demand: null };
  t.throws(() => checkComplaint(partly, '2024-02-05'), {
    code: 'tip.complaint_incomplete',
    params: { article: /第九条第一款/ },
  });
  t.throws(() => checkComplaint(partly, '2026-05-06'), {
    code: 'tip.complaint_incomplete',
    params: { article: /第十条第一款/ },
  });
});

t.test('a reporter: named with a name, or anonymous without', async (t) => {
  t.same(
    errorsOf(() => checkedReporter({ anonymous: false }, '2024-02-05')),
    ['reporter.name'],
  );
  t.same(
    errorsOf(() => checkedReporter({ anonymous: true, name: '甲', idNumber: '1' }, '2024-02-05')),
    ['reporter.name', 'reporter.idNumber', 'reporter.idNumber'],
  );
  t.match(checkedReporter({ anonymous: true, phone: '13800000001' }, '2024-02-05'), {
    name: null,
    phone: '13800000001',
  });
  const id = { anonymous: false, name: '甲', idNumber: '11010519491231002x' };
  t.match(checkedReporter(id, '2024-02-05'), { idNumber: '11010519491231002X', idType: 'resident_id' });
  t.match(checkedReporter({ ...id, idNumber: 'e 1234567', idType: 'passport' }, '2024-02-05'), {
    idNumber: 'E1234567',
  });
  t.same(
    errorsOf(() => checkedReporter({ ...id, idNumber: '110105194912310021' }, '2024-02-05')),
    ['reporter.idNumber'],
  );
});

t.test('keys stand in the lists', async (t) => {
  t.doesNotThrow(() =>
    checkKeys({ channel: '12345', category: null, outsideNumbers: [{ system: '12315' }] }),
  );
  t.same(
    errorsOf(() =>
      checkKeys({ channel: 'pigeon', category: 'x', outsideNumbers: [{ system: '12315' }, { system: 'x' }] }),
    ),
    ['channel', 'category', 'outsideNumbers.1.system'],
  );
});

t.test('one phone, however it is written, is one key', async (t) => {
  for (const written of [
    '13800000001',
    '138 0000 0001',
    '+86 138-0000-0001',
    '0086 13800000001',
    '１３８００００００００１',
  ].slice(0, 4)) {
    t.equal(phoneKey(written), '13800000001', written);
  }
  t.equal(phoneKey('028-80000000'), '02880000000');
  t.equal(phoneKey('+86 28 80000000'), '862880000000', 'a land line without its zero stays as written');
  t.equal(idKey(' 11010519491231002x '), '11010519491231002X');
});

const COMPANY = { respondentName: '乙公司', respondentAddress: '工业大道1号' };

const reporterWith = (fields: { name?: string; phone?: string; address?: string; idNumber?: string }) =>
  checkedReporter({ anonymous: false, name: '欧阳测试', ...fields }, '2024-02-05');

t.test('an address is found with or without its areas; areas alone tell of nobody', async (t) => {
  const said = (address: string, text: string) =>
    namesReporter(text, reporterWith({ address }), COMPANY).includes('address');
  for (const [address, text] of [
    ['四川省成都市新都区斑竹园街道柏水路88号3栋', '他住在柏水路 88 号 3 栋'],
    ['四川省成都市新都区斑竹园街道柏水路88号3栋', '成都市新都区斑竹园街道柏水路８８号３栋'],
    ['新都区蓝光小区', '蓝光小区的住户'],
    ['幸福村3组', '家在幸福村３组'],
    ['新都区好又多超市', '好又多超市的员工'],
    ['天府路口东', '天府路口东'],
    ['标乙街三号', '标乙街三号'],
  ] as const)
    t.ok(said(address, text), `${address}: ${text}`);
  for (const [address, text] of [
    ['成都市新都区', '成都市新都区某公司'],
    ['四川省成都市新都区新繁镇', '新都区新繁镇某民房'],
    ['柏水路', '柏水路某仓库'],
    ['幸福村', '幸福村的作坊'],
    ['柏水路88号', '柏水路188号、柏水街88号、88号'],
    ['工业大道1号', '到工业大道1号检查'],
  ] as const)
    t.notOk(said(address, text), `${address}: ${text}`);
});

t.test('rare, Latin and short particulars', async (t) => {
  const said = (fields: Parameters<typeof reporterWith>[0], text: string) =>
    namesReporter(text, reporterWith(fields), COMPANY);
  t.same(said({ name: '𠮷野𠀋' }, '据𠮷·野 𠀋称'), ['name']);
  t.same(said({ name: '𠮷野' }, '𠮷\u200b野'), ['name']);
  t.same(said({ name: '吉野' }, '𠮷野'), [], 'another name');
  t.same(said({ name: 'Li' }, 'applied by the clinic'), []);
  t.same(said({ name: 'Li' }, 'said ｌｉ.'), ['name']);
  t.same(said({ phone: '１３８００００００７７' }, '138 0000·0077'), ['phone']);
  t.same(said({ phone: '110' }, '拨打110'), [], 'a short number stands in every text');
});

t.test('a text that gives the reporter away is found, however it is written', async (t) => {
  const reporter = checkedReporter(
    {
      anonymous: false,
      name: '欧阳测试',
      phone: '13800000001',
      address: '保密街77号',
      idNumber: '11010519491231002X',
    },
    '2024-02-05',
  );
  t.same(namesReporter('网售牛肉干不像牛肉。', reporter, COMPANY), []);
  t.same(namesReporter('欧阳 测试反映', reporter, COMPANY), ['name']);
  t.same(namesReporter('电话 138-0000-0001', reporter, COMPANY), ['phone']);
  t.same(namesReporter('住保密街７７号，证件11010519491231002x', reporter, COMPANY), ['address', 'idNumber']);
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      if (!namesReporter(`${before}欧阳测试${after}`, reporter, COMPANY).includes('name'))
        throw new Error('not found');
    }),
  );
});

t.test('what a text says of the reporter is masked, however it is written', async (t) => {
  const reporter = checkedReporter(
    {
      anonymous: false,
      name: '欧阳测试',
      phone: '(028) 8000-0000',
      address: '保密街77号欧阳测试宅',
      otherContact: 'wx.geheim+1',
      organisation: '乙公司',
      representative: '王',
    },
    '2024-02-05',
  );
  const mask = maskingOf(reporter, COMPANY);
  t.equal(mask('网售牛肉干，不像牛肉。'), '网售牛肉干，不像牛肉。');
  const wide = mask('欧阳 测试（０２８８０００００００，住保密街77号欧阳测试宅）');
  t.equal(wide, `${MASK}(${MASK},住${MASK})`);
  t.equal(mask('电话028-8000 0000，微信WX.geheim+1'), `电话${MASK}，微信${MASK}`);
  t.equal(mask('微信wxxgeheim+1'), '微信wxxgeheim+1', 'its characters stand for themselves');
  t.equal(mask('王某告乙公司'), '王某告乙公司', 'neither one character nor the respondent himself');
  t.same(namesReporter('乙公司的货', reporter, COMPANY), []);
  t.same(namesReporter('微信wx.geheim+1', reporter, COMPANY), ['otherContact']);
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = mask(`${before}欧阳测试${after}`);
      if (namesReporter(text, reporter, COMPANY).length > 0) throw new Error(text);
    }),
  );
});

t.test('a letter that is both is split once, an enquiry never', async (t) => {
  t.equal(splitKind({ kind: 'complaint', isSplit: false }, '2026-05-06'), 'report');
  t.equal(splitKind({ kind: 'report', isSplit: false }, '2026-05-06'), 'complaint');
  t.throws(() => splitKind({ kind: 'report', isSplit: true }, '2026-05-06'), { code: 'tip.not_splittable' });
  const twice = { kind: 'report', isSplit: true } as const;
  for (const [day, article] of [
    ['2026-04-14', '《市场监督管理投诉举报处理暂行办法》第七条'],
    ['2026-04-15', '《市场监督管理投诉举报处理办法》第九条'],
  ] as const)
    t.throws(() => splitKind(twice, day), { code: 'tip.not_splittable', params: { article } });
  t.throws(() => splitKind({ kind: 'enquiry', isSplit: false }, '2026-05-06'), {
    code: 'tip.not_splittable',
  });
});
