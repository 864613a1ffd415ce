/** A made-up text, what must be read from it, and what must not. */
type Case = [title: string, text: string, expected: Record<string, unknown>, absent?: string[]];

const ORDER = `工单编号：CD202402050001234
诉求人：苟秘密
联系电话：13800000001
诉求类型：投诉
被诉对象：成都演示牧香食品有限公司
被诉地址：成都市新都区演示路9号
诉求内容：市民反映，2024年1月28日在该公司网店购买手撕风干牛肉干2袋，花费98元，收到后发现口感异常，怀疑以鸭肉冒充牛肉，要求退款并赔偿。
办理要求：请于5个工作日内答复`;

export const TEXTS: Case[] = [
  [
    'labelled lines',
    ORDER,
    {
      'outsideNumbers.0.number': 'CD202402050001234',
      'outsideNumbers.0.system': '12345',
      'reporter.name': '苟秘密',
      'reporter.phone': '13800000001',
      kind: 'complaint',
      channel: '12345',
      'respondent.name': '成都演示牧香食品有限公司',
      'respondent.address': '成都市新都区演示路9号',
      boughtOn: '2024-01-28',
      amountFen: 9800,
      productName: '手撕风干牛肉干',
      demand: '要求退款并赔偿',
      category: 'adulteration',
    },
    ['respondent.phone', 'reporter.address'],
  ],
  [
    'half width, all in one line',
    '工单编号:20240205-0077 诉求人:张三丰 联系电话:13800000002 被诉对象:新都区张记面馆 诉求内容:在店内就餐吃出头发一根,商家拒不处理。要求商家赔偿200元。 诉求类型:投诉',
    {
      'outsideNumbers.0.number': '20240205-0077',
      'reporter.name': '张三丰',
      'reporter.phone': '13800000002',
      'respondent.name': '新都区张记面馆',
      narrative: '在店内就餐吃出头发一根,商家拒不处理。要求商家赔偿200元。',
      category: 'foreign_matter',
      kind: 'complaint',
    },
  ],
  [
    'brackets for labels',
    '【工单编号】XD-000123【来电人】李女士【来电号码】13800000003【被投诉单位】新繁镇好又来超市【投诉内容】购买的酸奶已过保质期三天，金额十二元五角。【诉求】退一赔十',
    {
      'outsideNumbers.0.number': 'XD-000123',
      'reporter.name': '李女士',
      'reporter.phone': '13800000003',
      'respondent.name': '新繁镇好又来超市',
      amountFen: 1250,
      demand: '退一赔十',
      category: 'expired',
    },
  ],
  [
    'the record of 12315',
    `登记编号：1510114002024020500012
记录类型：举报
登记日期：2024-02-05 09:30
接收方式：12315平台
提供方：王小明　联系电话：13800000004
证件类型：身份证　证件号码：11010519491231002X
联系地址：成都市新都区保密街77号
涉及主体：成都演示牧香食品有限公司
统一社会信用代码：914403001922038216
地址：新都区演示路9号　联系人：赵经理　联系电话：028-83900000
客体类别：食品
商品/服务名称：风干牛肉干
品牌：牧香
电商平台：拼多多
订单号：240128-123456789012345
消费金额（元）：98.00
争议发生时间：2024/1/28
举报内容：该公司销售的牛肉干配料表标注牛肉，实际口感为鸭肉，请依法查处。`,
    {
      'outsideNumbers.0.number': '1510114002024020500012',
      'outsideNumbers.0.system': '12315',
      kind: 'report',
      channel: '12315_platform',
      receivedAt: '2024-02-05T09:30:00+08:00',
      'reporter.name': '王小明',
      'reporter.phone': '13800000004',
      'reporter.idNumber': '11010519491231002X',
      'reporter.address': '成都市新都区保密街77号',
      'respondent.name': '成都演示牧香食品有限公司',
      'respondent.party.uscc': '914403001922038216',
      'respondent.address': '新都区演示路9号',
      'respondent.phone': '02883900000',
      productName: '风干牛肉干',
      brand: '牧香',
      platform: '拼多多',
      orderNo: '240128-123456789012345',
      amountFen: 9800,
      boughtOn: '2024-01-28',
    },
  ],
  [
    'free prose with everything',
    '您好，我是消费者，我叫诸葛亮，电话13800000005。我于2024年1月20日在成都市新都区演示路12号的牧香超市购买了3袋“手撕牛肉干”，共计花费一百四十七元，回家打开发现发霉变质，联系商家13900000000拒不退款。希望监管部门查处，并要求商家退货退款，赔偿1000元。',
    {
      'reporter.name': '诸葛亮',
      'reporter.phone': '13800000005',
      'respondent.phone': '13900000000',
      'respondent.name': '牧香超市',
      'respondent.address': '成都市新都区演示路12号',
      boughtOn: '2024-01-20',
      amountFen: 14700,
      productName: '手撕牛肉干',
      category: 'spoiled',
    },
    ['outsideNumbers.0.number'],
  ],
  [
    'prose of the hotline',
    '市民张先生来电反映：其于1月28日在新都区大丰街道兴隆便利店购买一盒纯牛奶，花费6块5，饮用后腹泻，要求店家赔偿医药费。联系电话：13800000006（张先生）',
    {
      'reporter.name': '张先生',
      'reporter.phone': '13800000006',
      'respondent.name': '新都区大丰街道兴隆便利店',
      boughtOn: '2024-01-28',
      productName: '纯牛奶',
      amountFen: 650,
      category: 'illness',
      kind: 'complaint',
    },
  ],
  [
    'anonymous, with a wrong code and a licence',
    '匿名举报：新都区某小区楼下李记卤菜店无证经营，营业执照号：914403001922038217，食品经营许可证JY15101140000001为假，请依法取缔。',
    {
      'reporter.anonymous': true,
      'respondent.name': '李记卤菜店',
      'respondent.party.uscc': '914403001922038217',
      'respondent.party.foodLicence': 'JY15101140000001',
      category: 'unlicensed',
      kind: 'report',
    },
    ['reporter.name', 'reporter.phone'],
  ],
  [
    'table with tabs, as copied from a list',
    '诉求编号\tA2024020500088\n诉求来源\t12345\n诉求人\t欧阳锋\n联系电话\t138 0000 0007\n被诉对象\t成都好味道餐饮管理有限公司新都分公司\n诉求内容\t用餐时发现菜里有虫子，共消费人民币叁佰贰拾元整。\n到期时间\t2024-02-20',
    {
      'outsideNumbers.0.number': 'A2024020500088',
      channel: '12345',
      'reporter.name': '欧阳锋',
      'reporter.phone': '13800000007',
      'respondent.name': '成都好味道餐饮管理有限公司新都分公司',
      amountFen: 32000,
      category: 'foreign_matter',
      narrative: '用餐时发现菜里有虫子，共消费人民币叁佰贰拾元整。',
    },
    ['receivedAt'],
  ],
  [
    'labels and values line by line',
    '投诉人\n苏东坡\n联系电话\n0571-88880000\n被投诉人\n杭州西湖鱼庄饭店\n投诉内容\n点了一份醋鱼，鱼不新鲜有臭味。\n投诉请求\n退还餐费二百八十八元',
    {
      'reporter.name': '苏东坡',
      'reporter.phone': '057188880000',
      'respondent.name': '杭州西湖鱼庄饭店',
      narrative: '点了一份醋鱼，鱼不新鲜有臭味。',
      demand: '退还餐费二百八十八元',
    },
  ],
  [
    'several phones under their labels',
    '来电号码：13800000008\n联系电话：02883900001\n诉求人：孙悟空\n被诉方：花果山水果店（电话：13900000001）\n诉求内容：买了5斤桃子，回家一称只有4斤，缺斤少两，金额50元',
    {
      'reporter.phone': '13800000008',
      'reporter.name': '孙悟空',
      'respondent.name': '花果山水果店',
      'respondent.phone': '13900000001',
      category: 'quantity',
      amountFen: 5000,
      productName: '桃子',
    },
  ],
  [
    'two outside numbers',
    '12345工单编号：CD0000001\n12315登记编号：1510114002024000009\n投诉人：白居易\n联系方式：13800000009\n被投诉人：长安街胡饼店\n投诉内容：胡饼发馊。',
    {
      'outsideNumbers.0.number': 'CD0000001',
      'outsideNumbers.0.system': '12345',
      'outsideNumbers.1.number': '1510114002024000009',
      'outsideNumbers.1.system': '12315',
      'respondent.name': '长安街胡饼店',
      'reporter.name': '白居易',
      category: 'spoiled',
    },
  ],
  [
    'a day without its year, at the turn of the year',
    '我12月30号在美团下单了一份麻辣香锅，支付46.8元，商家是川香阁餐饮店，吃了以后上吐下泻。我叫杜甫，手机13800000010。',
    {
      boughtOn: '2023-12-30',
      platform: '美团',
      amountFen: 4680,
      productName: '麻辣香锅',
      'respondent.name': '川香阁餐饮店',
      'reporter.name': '杜甫',
      'reporter.phone': '13800000010',
      category: 'illness',
    },
  ],
  [
    'yesterday, and money in thousands',
    '昨天在京东购买海参礼盒，花了1万2千元，收到后发现是假货，店铺名称为“渤海湾海产品旗舰店”，订单编号123456789012，要求假一赔三。',
    {
      boughtOn: '2024-02-04',
      platform: '京东',
      amountFen: 1_200_000,
      productName: '海参礼盒',
      'respondent.name': '渤海湾海产品旗舰店',
      orderNo: '123456789012',
      category: 'counterfeit',
    },
  ],
  [
    'figures of days in words',
    '举报人：保密\n被举报人：锦江豆腐坊食品加工厂\n举报内容：二〇二四年一月十五日购买该厂豆腐干，标签无生产日期，属三无产品。',
    {
      'reporter.anonymous': true,
      'respondent.name': '锦江豆腐坊食品加工厂',
      boughtOn: '2024-01-15',
      category: 'label',
      kind: 'report',
    },
    ['reporter.name'],
  ],
  [
    'nothing is said to be nothing',
    '诉求人：无\n联系电话：不详\n被诉对象：城南菜市场肉摊\n诉求内容：猪肉注水。\n订单号：/\n消费金额：-',
    { 'respondent.name': '城南菜市场肉摊', narrative: '猪肉注水。' },
    ['reporter.name', 'reporter.phone', 'orderNo', 'amountFen'],
  ],
  [
    'compensation is not what was paid',
    '被投诉人：天府蜂蜜店\n投诉内容：赔偿1000元才肯罢休。当时购买蜂蜜花费59元。',
    { amountFen: 5900, productName: '蜂蜜' },
  ],
  [
    'pasted from the web: wide spaces, zero-width and direction marks',
    '\u200e工单编号\u200b：\u3000CD\u200c\uff10\uff10\uff19\uff19\r\n诉求人：\u00a0苟\u00a0\r\n联系电话：\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff10\uff10\uff11\uff11\r\n被诉对象：\u202e演示早餐店\u202c\r\n诉求内容：油条用剩油。\r\n',
    { 'reporter.phone': '13800000011', 'respondent.name': '演示早餐店', narrative: '油条用剩油。' },
  ],
  [
    'rare characters and emoji',
    '诉求人：𠮷㐂\n联系电话：13800000012\n被诉对象：𠮷野家饭店\n诉求内容：😀米饭里有虫子🐛，花费25元。',
    { 'reporter.name': '𠮷㐂', 'respondent.name': '𠮷野家饭店', amountFen: 2500, category: 'foreign_matter' },
  ],
  [
    'labels inside the narrative leave it whole',
    '诉求内容：市民在牧香超市（地址：新都区演示路9号，电话：02883900002）购买牛奶，金额：12元，已过期。\n诉求人：李白\n联系电话：13800000013',
    {
      narrative: '市民在牧香超市（地址：新都区演示路9号，电话：02883900002）购买牛奶，金额：12元，已过期。',
      'respondent.address': '新都区演示路9号',
      amountFen: 1200,
      'reporter.name': '李白',
      'reporter.phone': '13800000013',
    },
  ],
  [
    'a complaint by form',
    `投诉登记表
投诉人 姓名：王安石 联系电话：13800000014
证件类型：身份证 证件号码：440524188001010014
联系地址：成都市新都区半山路1号
是否同意公示投诉信息：是
是否同意委托调解：否
被投诉人 名称（姓名）：半山茶叶商行 联系人：吕经理
地址：成都市新都区香山路2号 联系电话：13900000002
消费者权益争议事实依据：2024年1月10日购买茶叶一盒，价款三百元，与宣传不符。
投诉请求：退还货款`,
    {
      'reporter.name': '王安石',
      'reporter.phone': '13800000014',
      'reporter.idNumber': '440524188001010014',
      'reporter.address': '成都市新都区半山路1号',
      consentPublish: true,
      consentDelegate: false,
      'respondent.name': '半山茶叶商行',
      'respondent.address': '成都市新都区香山路2号',
      'respondent.phone': '13900000002',
      amountFen: 30000,
      boughtOn: '2024-01-10',
      demand: '退还货款',
    },
  ],
  [
    'glued labels',
    '诉求人：张三投诉人联系电话：13800000015被诉对象名称：新都宝光寺素面馆诉求内容：面里有玻璃渣。',
    { 'reporter.phone': '13800000015', 'respondent.name': '新都宝光寺素面馆', category: 'foreign_matter' },
  ],
  [
    'a letter with batch number and production day',
    '尊敬的领导：本人于2024年1月5日在盒马买到批号为L20231101A的三文鱼一盒，生产日期2023年11月1日，价格¥89.90，有异味。联系人：范仲淹，邮箱：fan@example.com',
    {
      boughtOn: '2024-01-05',
      batchNo: 'L20231101A',
      platform: '盒马',
      amountFen: 8990,
      'reporter.name': '范仲淹',
      'reporter.email': 'fan@example.com',
    },
  ],
  [
    'an enquiry',
    '咨询人：司马光\n联系电话：13800000016\n咨询内容：请问小餐饮店办理食品经营许可证需要哪些材料？\n类型：咨询',
    { kind: 'enquiry', 'reporter.name': '司马光', 'reporter.phone': '13800000016' },
  ],
  [
    'a hand-over with its own time',
    '工单编号：XS0001\n交办时间：2024年2月5日9时05分\n登记时间：2024-02-04 17:20:33\n投诉人：曹雪芹\n电话：13800000017\n被投诉企业：红楼食品（成都）有限公司\n投诉内容：月饼有头发',
    {
      receivedAt: '2024-02-05T09:05:00+08:00',
      'respondent.name': '红楼食品（成都）有限公司',
      'reporter.phone': '13800000017',
      'reporter.name': '曹雪芹',
    },
  ],
];

/** More texts, of which each bends one habit of the parser. */
export const ODD_TEXTS: Case[] = [
  [
    'one line with commas, a title, demands one to three',
    '【12345热线工单】工单号：2024020500012345，来电时间：2024-02-04 14:22:10，诉求人：陈先生，联系电话：13800000021，诉求标题：关于某火锅店卫生问题，诉求内容：来电人反映，2024年2月3日中午，在新都区马超西路88号"老灶火锅"用餐，消费共计328元，发现毛肚里有蟑螂，店家电话028-83901234，现要求：1.退还餐费；2.赔偿1000元；3.对该店进行查处。请核实处理。',
    {
      'outsideNumbers.0.number': '2024020500012345',
      receivedAt: '2024-02-04T14:22:10+08:00',
      'reporter.name': '陈先生',
      'reporter.phone': '13800000021',
      'respondent.name': '老灶火锅',
      'respondent.address': '新都区马超西路88号',
      'respondent.phone': '02883901234',
      boughtOn: '2024-02-03',
      amountFen: 32800,
      demand: '要求：1.退还餐费；2.赔偿1000元；3.对该店进行查处',
      category: 'hygiene',
    },
  ],
  [
    'a letter with some labels, its sentences going on behind them',
    '我要举报天猫“牧香食品旗舰店”，经营者：成都演示牧香食品有限公司，地址：四川省成都市新都区演示路9号。本人于2024年1月28日通过天猫平台购买“手撕风干牛肉干500g”2袋，订单编号：1234567890123456789，实付款98元。收到后经检测含鸭源性成分。请求：1、责令退还货款98元并赔偿980元；2、依法立案查处。举报人：苟秘密 身份证号：11010519491231002X 电话：13800000001 通讯地址：成都市新都区保密街77号',
    {
      'respondent.name': '成都演示牧香食品有限公司',
      'respondent.address': '四川省成都市新都区演示路9号',
      boughtOn: '2024-01-28',
      productName: '手撕风干牛肉干500g',
      orderNo: '1234567890123456789',
      amountFen: 9800,
      platform: '天猫',
      'reporter.name': '苟秘密',
      'reporter.idNumber': '11010519491231002X',
      'reporter.phone': '13800000001',
      'reporter.address': '成都市新都区保密街77号',
      kind: 'report',
    },
  ],
  [
    'no company word at all',
    '张姐的早点摊卖的包子不新鲜，我昨天买的，吃了拉肚子，电话13800000018',
    { 'reporter.phone': '13800000018', boughtOn: '2024-02-04', category: 'illness' },
    ['respondent.name'],
  ],
  [
    'a production day is no day of purchase',
    '购买的面包生产日期2024年1月1日，已过保质期。',
    { category: 'expired' },
    ['boughtOn'],
  ],
  ['a day that has not come is none', '订购于2024年5月1日送达的蛋糕', {}, ['boughtOn']],
  [
    'the thirtieth of February is no day',
    '2024年2月30日购买蛋糕一个，花费128元',
    { amountFen: 12800 },
    ['boughtOn'],
  ],
  [
    'a landline with its extension, a 400 number of the seller',
    '联系方式：028-83900003转8001\n被投诉人：演示电商公司\n诉求内容：客服400-800-1234无人接听',
    { 'reporter.phone': '02883900003转8001', 'respondent.phone': '4008001234' },
  ],
  [
    'seventeen figures are no number',
    '订单123456789012345678901234567890 电话1380000001',
    {},
    ['reporter.phone'],
  ],
  [
    'paid by WeChat is not bought on it',
    '在路边买烤红薯，微信支付15元。',
    { amountFen: 1500, productName: '烤红薯' },
    ['platform'],
  ],
  [
    'several sums: the one that was paid',
    '共计消费3,280.50元，其中酒水1200元，要求赔偿5000元',
    { amountFen: 328050 },
  ],
  ['two buyers, the first product', '购买牛奶两箱，又买了鸡蛋一盒', { productName: '牛奶' }],
  [
    'quantity before the name',
    '买了2瓶装的菜籽油，发现掺水',
    { productName: '菜籽油', category: 'adulteration' },
  ],
  ['english', 'Please help: the milk tea at 蜜语奶茶店 was mouldy', { 'respondent.name': '蜜语奶茶店' }],
  [
    'the home of the caller is not the place of the shop',
    '我家住成都市新都区桂湖路3号，在成都市新都区演示路9号的乐购便利店买到过期饼干',
    {
      'reporter.address': '成都市新都区桂湖路3号',
      'respondent.address': '成都市新都区演示路9号',
      'respondent.name': '乐购便利店',
    },
  ],
  [
    'the label says report, the words want money',
    '举报人：岳飞\n举报内容：销售过期汤圆，要求退款',
    { kind: 'report', 'reporter.name': '岳飞', category: 'expired' },
  ],
  ['an English label', 'E-mail: yue@example.com', { 'reporter.email': 'yue@example.com' }],
  [
    'a licence number with a space',
    '生产许可证编号：SC 10451011400015',
    { 'respondent.party.foodLicence': 'SC10451011400015' },
  ],
];
