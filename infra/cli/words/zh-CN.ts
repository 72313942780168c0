import type { Comparison } from '../../../functions/restores/restore.ts';
import type { CliWords } from './en.ts';

const sourceNames: Record<Comparison['source'], string> = {
  table: '旧表里',
  'final-backup': 'AWS 为旧表留下的最后备份里',
  'nightly-copy': '每夜的副本里',
};

const said = (came: string, wouldDo: string) => ({ came, wouldDo });
const says = (found: string, means: string, todo: string) => ({ found, means, todo });
const list = (items: readonly string[]) => items.join('、');

const questions: CliWords['init']['questions'] = {
  newsletterName: {
    ask: '电子报叫什么名字？',
    why: '每个页面、每封信上都有它，读者看到的发件人也是它。',
    wouldDo: '一个不超过 80 个字的名字',
  },
  locale: {
    ask: '编辑用哪种语言？',
    why: '编辑台、给编辑的通知，以及没有写明语言的文章都用它。读者各自选择自己的语言。',
    wouldDo: '所列语言中的一种',
  },
  timeZone: { ask: '按哪个时区发行？', why: '发行时间和页面上的时间都按这个时区，包括夏令时。', wouldDo: 'IANA 时区，例如 Asia/Shanghai' },
  day: { ask: '星期几发出？', why: '排队的文章一起发出。其他周期（例如每个工作日、每月一次）以后在设置里改。', wouldDo: '所列的一天' },
  time: { ask: '几点？', why: '按上面那个时区的钟点。', wouldDo: '例如 09:00' },
  legalName: {
    ask: '由谁发行（法定名称）？',
    why: '法律要求读者知道谁在处理他们的数据（《个人信息保护法》第十七条，GDPR 第 13 条）。它在每个页面和每封信的末尾。',
    wouldDo: '公司或个人在法律上的名称',
  },
  postalAddress: {
    ask: '发行者的通信地址？',
    why: '美国 CAN-SPAM 法要求商业邮件写明有效的通信地址，SES 也要求用户遵守。',
    wouldDo: '街道或信箱，以及城市',
  },
  contact: {
    ask: '有人负责收看的邮箱地址？',
    why: '读者由此找到你们，告警也发到这里，法律也有要求（《个人信息保护法》第十七条，GDPR 第 13 条）。',
    wouldDo: '有人收看的地址，域名须是你们自己的',
  },
  replyTo: { ask: '读者的回信寄到哪里？', why: '读者会回信的发件人，更受邮箱服务商信任。', wouldDo: '有人收看的地址' },
  privacyNotice: {
    ask: '隐私政策在哪个网址？',
    why: '订阅页和每封信都链接到它：人们同意之前，须知道自己的数据会怎样处理。',
    wouldDo: '以 https:// 开头的网址',
  },
  region: {
    ask: '运行在 AWS 的哪个区域？',
    why: '读者的数据保存在那里，所以也适用当地法律。SES 和其他服务都必须在该区域提供。',
    wouldDo: '区域名，例如 ap-southeast-1',
  },
  publicHost: {
    ask: '页面放在哪个主机名下？（填 - 则用 CloudFront 的域名）',
    why: '每封信里的每个链接都以它开头，只要有人留着那封信就一直有用。自己的主机名永远是自己的。',
    wouldDo: '主机名，例如 news.你的域名，不带 https://，域名须是你们自己的',
  },
  senderAddress: {
    ask: '从哪个地址发送电子报？',
    why: '邮箱服务商按它的域名积累信誉，读者的过滤规则也认它。最好用一个专用的子域名。',
    wouldDo: '例如 weekly@mail.news.你的域名，域名须是你们自己的',
  },
  confirmationAddress: {
    ask: '从哪个地址发送确认信？',
    why: '陌生人填别人的地址也会引出这种信。放在另一个子域名下，对它的投诉就不会伤到电子报。',
    wouldDo: '另一个地址，例如 hello@confirm.news.你的域名，域名须是你们自己的',
  },
};

export const words: CliWords = {
  about: '在你自己的 AWS 账户里运行一份电子报：部署、验证、运维。',
  helpTitles: {
    'Usage:': '用法：',
    'Options:': '选项：',
    'Commands:': '命令：',
    'Arguments:': '参数：',
    'Global Options:': '所有命令都有：',
  },
  wouldDo: '可以这样：',
  commands: {
    init: '询问法律和 SES 所需的信息，写好设置',
    deploy: '先看能否成功，再部署，并处理 DNS 记录',
    doctor: '检查人会去看的一切，并说明该做什么；有问题则以 1 结束',
    productionAccess: '申请离开 SES 沙盒，或告诉你它的答复',
    status: '读者、最近几期、下一次发行、队列，以及 24 小时内的信',
    logs: '某个函数日志的最后几行',
    redrive: '把某个函数的死信放回队列',
    editors: '在编辑台工作的人',
    editorsList: '都有谁，各是什么角色',
    editorsInvite: '让某人可以登录，或改变其角色',
    editorsRemove: '收回某人的角色和账号',
    secrets: '密钥：没有它们，找不回读者，旧信里的链接也都失效',
    secretsSave: '把它们封存成一个文件，由所有者保管',
    secretsBring: '用这样的副本建立密钥，写进设置',
    restore: '把数据表恢复成一张新表，暂停一切发信，并补上此后离开的人；再运行一次就接着做',
    cost: '上个月花了多少；加 --readers 则按标价估算一个月',
    destroy: '先把全部读者写入文件，再删除堆栈；表和旧信所需的东西会保留',
    import: '查看一份读者名单，加 --start 则导入',
    connect: '记住一份电子报的地址和 API 密钥，供下面的命令使用',
    issues: '各期：上传文件、查看、发送',
    issuesPush: '把文件变成各期，或更新已有的；再做一次什么也不变',
    issuesList: '列出各期，新的在前',
    issuesPull: '把一期写成 JSON 文件，可再次上传',
    issuesPreview: '查看一期的邮件，或文件会变成什么样',
    issuesTest: '发一封测试邮件',
    issuesSend: '单独发送一期，撤回期过后发出',
    issuesUndo: '把一期移出队列、取消定时，或在撤回期内收回',
    archive: '电子报的过去',
    archiveImport: '把旧的各期按各自日期收入往期，不给任何人发邮件',
    slots: '接下来几次汇总何时发出、包含什么',
    report: '一次汇总的发送报告',
    readers: '读者：查找、导入名单、全部导出',
    readersFind: '按完整邮箱查找一位读者；查找会被记录',
    readersExport: '把全部读者写入文件',
    stats: '读者的增长和汇总的送达情况',
    keys: 'API 密钥；PERIODICAL_KEY 须是所有者的访问令牌',
    keysList: '列出密钥',
    keysCreate: '新建一个，默认只能写草稿',
    keysRevoke: '立即停用一个',
    completion: '输出某个 shell 的补全脚本',
  },
  options: {
    json: '标准输出只有一个 JSON 文档，不提问',
    yes: '对所有问题都同意',
    settings: '设置文件，代替 cdk.json',
    lang: 'zh 或 en',
    help: '显示这些',
    answers: '写有答案的 JSON 文件，代替提问',
    look: '只看，不部署',
    repair: '同时改正有人手工改动过的东西',
    watch: '反复查看，直到 DNS 和 SES 有了记录',
    readersExpected: '预计一年内有多少读者',
    since: '往回多久：90s、15m、3h、2d',
    errors: '只要关于错误的行',
    filter: 'CloudWatch Logs 的过滤模式，代替 --errors',
    limit: '最多几行，取最新的',
    redriveFunction: 'send-confirmation、work、deliver-batches 或 record-ses-events',
    restoreAt: '回到哪一刻，例如 2026-12-07T09:00Z；不写就是最近的一刻',
    backup: '要恢复的备份，代替某一刻',
    into: '新表的名字；也可用来接着做已开始的恢复',
    release: '看过数字之后，让电子报重新开始发送',
    keysFile: '文件',
    code: '建立文件时显示的代码',
    address: '对方的邮箱地址',
    role: '可以做什么',
    readers: '有多少读者',
    perMonth: '每月给全体读者发几期',
    confirm: '堆栈的名字，代替手工输入',
    export: '写入全部读者的文件',
    noExport: '不写文件',
    list: '表格、工作簿，或装有它们的 ZIP',
    start: '导入名单',
    origin: '这些人在哪里订阅的',
    iConfirm: '确认这些人自己要求订阅',
    column: '某列（从 1 数起）是什么：address、date、dateElse、language、topics、tags，或 none',
    says: '某列关于收信说了什么：nothing、words、agrees、confirms、leaves、bounces、complains',
    word: '某列里一个词的意思：subscribed、unconfirmed、unsubscribed、bounced、complained、nonsubscribed、nothing',
    listStatus: '文件没有说明的人算什么',
    dates: '3/4/2024 是：day（4 月 3 日）、month（3 月 4 日），或 unknown（不取这种日期）',
    mistyped: '看似写错的地址也照样导入',
    issuePaths: '文件，或装有文件的文件夹',
    queue: '放进下一次汇总',
    schedule: '单独发送，时间如 2026-12-01T09:00:00+08:00',
    archive: '按各自的日期收入往期，不给任何人发邮件',
    replace: '也替换并非由文件上传的各期',
    dryRun: '只说明每个文件会怎样，不作任何改动',
    pastPath: '文件夹或 ZIP，或 Ghost、Substack、WordPress、Buttondown 的导出文件',
    site: 'Ghost 导出文件里的页面原来的网址',
    slugOrFiles: '某一期的 slug，或文件和文件夹',
    html: '以 HTML 显示邮件',
    open: '在浏览器里打开页面',
    comment: '把拉取请求评论的内容写入文件',
    issueLimit: '最多几期',
    slug: '某一期的 slug',
    output: '要写入的文件',
    testTo: '设置里的测试读者，可重复',
    override: '预检有错仍要发出的理由',
    newsletterAddress: '电子报的地址，如 https://news.你的域名',
    digest: '汇总的 id，或其中某一期的 slug；不写则为最近一次',
    watchReport: '一直显示进度，直到结束',
    exportFormat: 'csv 或 jsonl',
    keyName: '历史记录里的名称',
    scope: '可以做什么；不写则为 issues:write',
    expires: '有效期，如 2027-12-01T00:00:00Z，或 never；不写则为一年',
    keyId: '`periodical keys list` 里的 id',
    shell: 'bash、zsh 或 fish',
  },
  errors: {
    wrong_command: ({ message }) => said(`看不懂这条命令：${message}`, '参见 `periodical --help`'),
    wrong_settings: ({ message }) => said(message.trimEnd(), '改正这些设置，或运行 `periodical init`'),
    settings_unreadable: ({ file, fault }) => said(`读不了 ${file}：${fault}`, '内容为一个 JSON 对象的文件，如 cdk.json'),
    made_up: ({ settings }) =>
      said(`这些设置只是示例，不能用来部署：\n  ${settings.join('\n  ')}`, '换成自己的：`periodical init` 会逐项询问'),
    no_region: () => said('不知道用哪个 AWS 区域。', '在设置里写 "region"，或设 AWS_REGION'),
    no_credentials: () => said('没有 AWS 凭证。', '`aws configure sso` 和 `aws sso login`，或用 AWS_PROFILE 指定有凭证的配置'),
    wrong_credentials: ({ message }) =>
      said(`AWS 不接受这份凭证：${message}`, '重新登录，例如 `aws sso login`；检查 AWS_PROFILE，以及账户是否已启用该区域'),
    access_denied: ({ message }) => said(`这份凭证没有权限：${message}`, '有权限的角色，例如管理员'),
    aws_not_reached: ({ message }) => said(`连不上 AWS：${message}`, '接通网络，并确认区域存在'),
    dns_not_reached: ({ name, fault }) => said(`查不到 ${name} 的 DNS：${fault}`, '允许向 1.1.1.1、223.5.5.5 或 8.8.8.8 查询 DNS 的网络'),
    not_deployed: ({ stack, region, status }) =>
      said(
        `${region} 没有可用的堆栈 ${stack}${status ? `（状态 ${status}）` : ''}。`,
        '`periodical deploy`，或用 --settings 指定另一份设置',
      ),
    no_output: ({ output }) => said(`堆栈没有输出 ${output}：它由另一个版本部署。`, '`periodical deploy`'),
    needs_yes: ({ question }) => said(`没有人可以回答：${question}`, '--yes'),
    init_needs_answers: ({ names }) => said('没有终端，无法提问。', `--answers 文件，一个 JSON 对象，含 ${list(names)}`),
    answer_not_accepted: ({ name, came }) => said(`${name}：${came === '' ? '没有回答' : `“${came}”`}`, questions[name].wouldDo),
    answer_will_not_work: ({ name, came, concern }) => said(`${name}：“${came}”行不通（${concern.code}，见上）。`, questions[name].wouldDo),
    readers_unknown: () => said('SES 想知道预计有多少读者，而现在还没有人确认订阅。', '--readers 加一个数字'),
    no_such_function: ({ name, names }) => said(`没有“${name}”。`, `其中之一：${list(names)}`),
    no_such_editor: ({ address }) => said(`${address} 不在编辑台工作。`, '`periodical editors list` 里的地址'),
    last_owner: ({ address }) => said(`${address} 是唯一的所有者。`, '先增加一位所有者：`periodical editors invite 地址 --role owner`'),
    not_confirmed: ({ stack }) => said('什么都没有删除：没有给出堆栈的名字。', `--confirm ${stack}`),
    file_exists: ({ file }) => said(`${file} 已经存在，不会覆盖。`, '用 --export 指定另一个名字'),
    server_refused: ({ message }) => said(`电子报拒绝了：${message}`, '照它说的做'),
    newsletter_refused: ({ status, code, detail, errors }) =>
      said(
        [`电子报拒绝了（${status} ${code}）：${detail}`, ...errors.map((error) => `  ${error}`)].join('\n'),
        status === 401 || status === 403 ? '换一个密钥；所有者可在编辑台的“API 密钥”里新建' : '照它说的做',
      ),
    newsletter_not_reached: ({ url, fault }) =>
      said(`连不上 ${url}：${fault}`, '在 PERIODICAL_URL 里写对地址，或运行 `periodical connect`；并确认网络可达'),
    not_connected: ({ file }) =>
      said(
        '不知道是哪份电子报，或用哪个密钥。',
        `设置 PERIODICAL_URL 和 PERIODICAL_KEY，或运行 \`periodical connect 地址\`，两者会存进 ${file}`,
      ),
    profile_name_wrong: ({ name }) => said(`PERIODICAL_PROFILE 是“${name}”。`, '最多 40 个字母、数字、_ 和 -'),
    key_needed: () => said('没有终端可以询问密钥。', '在 PERIODICAL_KEY 里给出 API 密钥'),
    address_not_safe: ({ address }) => said(`不能把密钥发到 ${address}。`, 'https:// 开头的地址，或本机的地址'),
    no_such_file: ({ file }) => said(`没有 ${file}。`, '一个存在的文件或文件夹'),
    no_issues_there: ({ paths, names }) =>
      said(`${list(paths)} 里没有可以成为一期的文件。`, `以 ${list(names)} 结尾的文件；别的文件请直接写出名字`),
    output_exists: ({ file }) => said(`${file} 已经存在，不会覆盖。`, '换一个名字'),
    export_not_read: ({ file, fault }) =>
      said(`拆不开 ${file}：${fault}`, 'Ghost、Substack、WordPress 或 Buttondown 的导出文件，文件夹，或装有文件的 ZIP'),
    no_digest_yet: () => said('还没有发过汇总。', '`periodical slots` 会告诉你下一次何时发出'),
    issue_without_digest: ({ slug }) => said(`“${slug}”还没有进入任何一次汇总。`, '已经发出的一期，或汇总的 id'),
    export_expired: ({ id }) => said(`导出 ${id} 的文件已经不在了。`, '再运行一次'),
    export_not_fetched: ({ status }) => said(`文件没能取回：${status}。`, '再运行一次'),
    keys_file_exists: ({ file }) => said(`${file} 已经存在，不会覆盖。`, '换一个名字'),
    no_code: () => said('没有给出文件的代码。', '--code，加上建立文件时显示的代码'),
    wrong_code: ({ file }) => said(`这个代码打不开 ${file}。`, '建立它时显示的代码；或 `periodical secrets save` 写出的文件'),
    no_backup: ({ table }) =>
      said(
        `没有什么可以用来恢复 ${table}：它没有时间点恢复，AWS 也没有它的最后备份。`,
        '--backup，加上备份的 ARN：aws dynamodb list-backups，或 AWS Backup',
      ),
    outside_recovery: ({ at, from, until }) => said(`这张表回不到 ${at}。`, `${from} 到 ${until} 之间的一刻，或 --backup`),
    table_unusable: ({ table, status }) => said(`表 ${table} 不能用：状态是 ${status}。`, '到 DynamoDB 控制台看看；或用 --into 指定另一张'),
    nobody_knows: ({ bucket }) =>
      said(
        `没有人知道此后谁离开了：旧表没了，AWS 没有它的最后备份，${bucket} 里也没有每夜的副本。`,
        '那个存储桶里 departures/ 下的一份副本；没有的话就一直暂停发信，因为会发给已经离开的人',
      ),
    copy_too_short: ({ moment, from }) =>
      said(
        `数据是 ${moment} 的，而每夜的副本只记着 ${from} 以后离开的人。`,
        '换一份较新的备份（--backup，并用 --into 另起表名）；在此之前一直暂停发信，因为会发给这期间离开的人',
      ),
    nothing_held: () => said('没有等待放行的恢复。', '`periodical status`'),
    not_compared: ({ missing }) =>
      said(
        missing === undefined ? '还没有查清此后谁离开了。' : `此后离开的人里，还有 ${missing} 人在这里没有补上。`,
        '`periodical restore`，它会接着做',
      ),
    no_such_meaning: ({ meaning, meanings }) => said(`--says：没有“${meaning}”。`, `其中之一：${list(meanings)}`),
    declaration_missing: ({ declaration }) =>
      said('没有导入：没有说明这些人在哪里订阅，或没有确认。', `--origin 和 --i-confirm，即声明：${declaration}`),
  },
  init: {
    questions,
    notAccepted: ({ came, wouldDo }) => `${came === '' ? '需要回答' : `“${came}”不行`}：${wouldDo}。`,
    takeAnyway: '仍然用它吗？',
    written: (file) => `设置已写入 ${file}。下一步：periodical deploy`,
  },
  deploy: {
    agree: ({ stack, region }) => `现在把 ${stack} 部署到 ${region} 吗？`,
    agreeBootstrap: (region) => `${region} 还没有为 CDK 做准备。运行 cdk bootstrap 吗？它会建一个存储桶和几个角色，几乎不花钱。`,
    agreeConcurrency: ({ limit, wanted, desired }) =>
      `这个账户里 Lambda 最多同时运行 ${limit} 个函数，可能需要 ${wanted} 个。向 AWS 申请 ${desired} 个吗？免费。`,
    agreeAdopt: (domain) => `SES 里已经有 ${domain}，不是这个堆栈建的。原样使用并写进设置吗？`,
    agreeCertificate: (host) => `us-east-1 没有 ${host} 的证书。向 ACM 申请一张吗？免费。`,
    waitsForCertificate: (host) => `等待 ACM 签发 ${host} 的证书，通常两三分钟。`,
    notBegun: '什么都没有部署。先处理标有 ✗ 或 … 的各项，再运行 periodical deploy。',
    failed: '部署失败。排除原因后再运行 periodical deploy：失败的首次部署会被删除并重来。',
    isProtected: (file) => `堆栈现在受保护，不会被误删；${file} 里写了 "terminationProtection"，以后的部署也照此办理。`,
    done: ({ address, desk, contact }) =>
      [
        `部署完成。读者在 ${address} 订阅，编辑在 ${desk} 工作`,
        '',
        '接下来：',
        `  1. 打开 AWS 寄到 ${contact} 的链接：否则告警没有人收到。`,
        '  2. periodical doctor --watch',
        '  3. periodical editors invite 你@你的域名 --role owner',
        '  4. periodical production-access',
      ].join('\n'),
  },
  doctor: {
    summary: ({ newsletter, troubles, waits }) => {
      if (troubles > 0) return `《${newsletter}》需要处理：有 ${troubles} 处问题（✗）${waits > 0 ? `，另有 ${waits} 处在等待（…）` : ''}。`;
      if (waits > 0) return `《${newsletter}》还没有就绪：有 ${waits} 处在等待（…），等 DNS 或 SES。`;
      return `《${newsletter}》一切正常。`;
    },
    watching: (seconds) => `每 ${seconds} 秒再看一次，按 Ctrl+C 结束。`,
  },
  productionAccess: {
    granted: 'SES 已在生产环境，不用申请。',
    pending: (support) => `已向 SES 申请，还没有答复${support ? `（支持案例 ${support}）` : ''}。通常要一天。`,
    denied: (support) => `SES 拒绝了${support ? `（支持案例 ${support}）` : ''}，原因在它的来信里。在那里答复，或补上缺少的内容再申请。`,
    askReaders: '预计一年内有多少读者？',
    shown: 'SES 会读到这些（审核用英文）：',
    agree: '提交给 SES 吗？',
    submitted: (contact) => `已提交。AWS 会答复 ${contact} 和账户自己的邮箱，通常在一天之内；periodical production-access 可以查看状态。`,
  },
  status: ({ stack, region, state, address, dashboard, readers, nextSlot, digests, queues, ses }, timeZone) => {
    const local = (time: string) => new Date(time).toLocaleString('zh-CN', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
    return [
      `${region} 的 ${stack}：${state}，${address}`,
      readers ? `读者：已确认 ${readers.confirmed}，待确认 ${readers.pending}（${local(readers.asOf)}）` : '读者：还没有统计过',
      `下一次发行：${nextSlot ? local(nextSlot) : '无'}`,
      ...digests.map(({ id, state: its, issues }) => `${id}：${its}，${issues} 篇`),
      ...queues.map(({ worker, waiting, dead }) => `${worker} 的队列：等待 ${waiting}，死信 ${dead}`),
      `SES：24 小时内 ${ses.sentLast24Hours} 封，上限 ${ses.max24HourSend} 封，每秒 ${ses.maxSendRate} 封`,
      `仪表板：${dashboard}`,
    ];
  },
  logs: { nothing: (name) => `${name} 的日志在这段时间里没有这样的行。` },
  redrive: {
    nothing: (worker) => `${worker} 没有死信。`,
    agree: ({ worker, messages }) =>
      `${worker} 的死信里有 ${messages} 条消息。原因已经排除（periodical logs ${worker} --errors），要放回去吗？`,
    started: ({ worker, messages }) => `${messages} 条消息正在回到 ${worker} 的队列。`,
  },
  editors: {
    row: ({ address, role, hasSignedIn }) => `${address}：${role ?? '没有角色'}${hasSignedIn ? '' : '，还没有登录过'}`,
    nobody: '还没有人在编辑台工作：periodical editors invite 地址 --role owner',
    invited: ({ address, role, desk, mailed }) =>
      mailed
        ? `${address} 现在是 ${role}。Cognito 会寄去首个密码，七天内有效；在 ${desk} 登录，需要一个身份验证器应用。`
        : `${address} 现在是 ${role}，从下一个请求起有效。`,
    agreeRemove: (address) => `收回 ${address} 的角色和账号吗？做过的事仍留在历史里。`,
    removed: (address) => `${address} 不再在编辑台工作。`,
  },
  cost: {
    booked: (month) => `${month} 合计，AWS 按电子报的标签记账`,
    inAll: ({ region, asOf }) => `合计，按 ${region} 在 ${asOf} 的标价；其他区域最多贵三分之一`,
  },
  secrets: {
    saved: ({ file, code }) =>
      [`密钥已写入 ${file}，只有用这个代码才能打开：`, '', `  ${code}`, '', '请抄下来，和文件分开保管。它只显示这一次。'].join('\n'),
    askCode: '建立文件时显示的代码是什么？',
    brought: (file) => `密钥已成为这个账户的密钥，${file} 已采用它们。下一步：periodical deploy`,
  },
  restore: {
    agree: ({ stack, moment, table }) =>
      `把 ${stack} 恢复到 ${moment} 的样子，放进新表 ${table} 吗？编辑放行之前不会给任何人发信；同事要重新邀请，程序要用新的 API 密钥，网络钩子要重新打开。`,
    begun: (table) => `AWS 正在建立 ${table}，要几分钟；表很大时要几小时。`,
    held: (table) => `${table} 已就绪，并暂停一切发信。现在部署。`,
    notAdopted: (table) => `部署失败。排除原因后运行：periodical restore --into ${table}`,
    lastWrites: '等两分钟，让最后的写入落进旧表。',
    comparing: '正在查此后有谁离开。',
    compared: ({ source, knownUntil, left, complained, suppressed, moved, erased, missing, newcomers }) => [
      `${sourceNames[source]}，到 ${knownUntil} 为止：${left} 人退订，${complained} 人投诉，${suppressed} 个邮箱已放弃，${moved} 人换了地址，${erased} 人要求删除。`,
      missing === 0 ? '都已补上。' : `还有 ${missing} 人没有补上。`,
      ...(source === 'nightly-copy' ? ['副本之后谁离开了，无从得知。'] : []),
      ...(newcomers ? [`此后确认订阅的 ${newcomers} 人不在名单上。`] : []),
    ],
    next: ({ missing, desk }) =>
      missing === 0
        ? [
            '接下来：',
            '  1. periodical editors invite 你@你的域名 --role owner，再邀请同事',
            `  2. 在 ${desk} 看过数字后放行，或：periodical restore --release`,
            '  3. 逐一查看暂停的期次：可能已经发出过',
          ].join('\n')
        : '请再运行一次 periodical restore。',
    agreeRelease: '让电子报重新开始发送吗？没结束的期次会先暂停，排队和定时的稿件会退回草稿，因为可能已经发出过。',
    released: '已放行。没结束的期次已暂停，排队和定时的稿件已退回草稿：逐一看过再发送。',
  },
  destroy: {
    warning: ({ stack, kept, gone }) =>
      [
        `将删除 ${stack}：${gone} 项资源，包括全部页面、函数、队列、定时任务、告警，以及 SES 里发件人的域名。`,
        '已发出的信里的链接随之失效：没有人能通过它们退订、阅读或修改选择。只有图片还在。',
        `以下连同数据一起保留，并产生存储费用：${kept.join('、')}`,
      ].join('\n'),
    ask: (stack) => `输入 ${stack} 以删除：`,
    exported: ({ file, readers }) => `${readers} 位读者（包括已离开的）已写入 ${file}：请妥善保存，注意保密。`,
    done: (stack) => `${stack} 已删除。`,
    failed: (stack) => `${stack} 没有删掉，CDK 的说明在上面。排除原因后再运行 periodical destroy。`,
  },
  import: {
    progress: ({ rows, of, secondsLeft }) => `第 ${rows} 行，共 ${of} 行${secondsLeft ? `，大约还要 ${secondsLeft} 秒` : ''}`,
    rows: (count) => `${count} 行`,
    leftOut: '，不取：里面是事件，没有人',
    inWords: '文字',
    byItsName: (word) => `（名字里写着“${word}”）`,
    questions: '开始之前要说明：',
    askStatus: (rows) => `没有说明 ${rows} 个人算什么`,
    askDates: (column) => `“${column}”的日期里哪个数字是日`,
    askWord: ({ says: word, column, rows }) => `“${column}”里的“${word}”是什么意思（${rows} 行）`,
    unknownTopics: (topics) => `不是本电子报的主题，不取：${list(topics)}`,
    nothingWritten: '什么都没有写入。加 --start --origin "…" --i-confirm 才会导入。',
    report: (url) => `报告（五分钟内有效）：${url}`,
  },
  issues: {
    none: '还没有任何一期。',
    states: { draft: '草稿', queued: '已排队', scheduled: '已定时', sending: '发送中', sent: '已发出' },
    wants: { queued: '要求排队', scheduled: '要求定时发送', archived: '收入往期，不发邮件' },
    file: ({ file, did, slug, state, isDry }) => {
      if (did === 'failed') return `${file}：${isDry ? '会失败' : '失败'}`;
      if (did === 'unchanged') return `${file}：没有变化，${slug}（${state}）`;
      const what = did === 'created' ? '新的一期' : '替换正文';
      return `${file}：${isDry ? '将是' : ''}${what} ${slug}${state && `（${state}）`}`;
    },
    pushed: ({ created, replaced, unchanged, failed }, isDry) =>
      created + replaced + failed === 0
        ? `没有变化：${unchanged} 个文件都已经在了。`
        : `新建 ${created}，替换 ${replaced}，未变 ${unchanged}，失败 ${failed}${isDry ? '；没有写入任何内容' : ''}。`,
    leftOut: ({ file, why }) => {
      const because = { not_published: '从未发布', not_for_everybody: '并非面向所有人', no_post: '不是文章', no_text: '没有正文' };
      return `${file}：略过，${because[why]}`;
    },
    previewed: ({ title, slug, date }) => `${date}  ${slug}  ${title}`,
    pulled: (file) => `已写入 ${file}。原来的文件没有保存，这个文件内容相同。`,
    tested: (to) => `测试邮件已发给 ${list(to)}。`,
    agreeSend: (title) => `现在把“${title}”发给读者吗？`,
    sending: (digest) => `正在作为 ${digest} 发出。periodical report ${digest} --watch 查看进度；periodical issues undo 可以收回。`,
    agreeCancel: (digest) => `彻底停止 ${digest} 吗？已收到的读者不受影响，其他读者不会再收到。`,
    agreeCancelDigest: (digest) => `它是汇总 ${digest} 的一部分。要彻底停止整次汇总吗？已收到的读者不受影响，其他读者一期也不会收到。`,
    cancelled: (digest) => `${digest} 已停止。`,
    undone: (state) => `已收回：${state}。`,
    comment: {
      look: '预览',
      becomes: ({ asked, at, state }) => {
        const states: Readonly<Record<string, string>> = {
          draft: '草稿',
          queued: '已排队',
          scheduled: '已定时',
          sending: '发送中',
          sent: '已发出',
        };
        const before = state === undefined ? '新的一期' : `替换一期的正文（${states[state] ?? state}）`;
        if (asked === 'queued') return `${before}；文件要求放进下一次汇总。`;
        return asked === 'scheduled' ? `${before}；文件要求在 ${at} 单独发送。` : `${before}。`;
      },
      size: (kilobytes, budget) => `邮件大小 ${kilobytes} KB，上限 ${budget} KB。`,
      nothingFound: '✅ 预检没有发现问题。',
    },
  },
  newsletter: {
    askKey: 'API 密钥（所有者可在编辑台的“API 密钥”里新建）：',
    connected: ({ url, file }) => `今后的命令都发往 ${url}。地址和密钥保存在 ${file}。`,
    nextSlot: ({ localTime, timeZone, issues }) =>
      `${localTime}（${timeZone}）：${issues.length === 0 ? '还没有排队的内容' : list(issues)}`,
    progress: ({ id, state, done, audience }) => `${id} ${state}，${done} / ${audience} 位读者`,
    report: ({ issues, holds, holdReason, report }) => [
      `包含：${list(issues)}`,
      ...(holds.length > 0 ? [`暂停：${list(holds)}${holdReason ? `（${holdReason}）` : ''}`] : []),
      `已提交 ${report.submitted} / ${report.audience}：送达 ${report.delivered}，退信 ${report.bounced}，投诉 ${report.complained}`,
      `被拒 ${report.rejected}，不明 ${report.unknown}，未完成 ${report.open}`,
    ],
    reader: ({ id, state, address, locale, topics }) => [
      `${address ?? '没有保存邮箱'}：${state}`,
      `id ${id}${locale ? `，${locale}` : ''}${topics.length > 0 ? `，主题 ${list(topics)}` : ''}`,
    ],
    exported: ({ file, readers }) => `${readers} 位读者已写入 ${file}：请保密。`,
    stats: ({ asOf, readers, digests }) => [
      asOf === null ? '还没有统计过读者。' : `截至 ${asOf}：`,
      `读者：已确认 ${readers.confirmed}（其中暂停 ${readers.paused}），待确认 ${readers.pending}，导入未确认 ${readers.unconfirmed}`,
      `已离开：退订 ${readers.unsubscribed}，退信 ${readers.bounced}，投诉 ${readers.complained}`,
      ...digests.map(
        ({ id, state, submitted, delivered, bounced }) => `${id} ${state}：提交 ${submitted}，送达 ${delivered}，退信 ${bounced}`,
      ),
    ],
    noKeys: '没有 API 密钥。',
    key: ({ id, name, scopes, state, expiresAt, lastUsedAt }) =>
      `${id}  ${state}  ${name}：${list(scopes)}；${expiresAt ? `有效至 ${expiresAt}` : '长期有效'}；${lastUsedAt ? `最近使用 ${lastUsedAt}` : '从未使用'}`,
    keyMade: ({ key, name, scopes }) => `${key}\n这是 ${name}（${list(scopes)}），只显示这一次。`,
  },
  dns: {
    byHand: (zone) =>
      `这些记录属于区域 ${zone}，它不在本账户的 Route 53 里。大多数域名面板要填的是左边的名称，也可以把下面整段当作区域文件导入：`,
    inRoute53: (zone) => `${zone} 在 Route 53 里，还缺这些记录：`,
    agree: (count, zone) => `把 ${count} 条记录写入 ${zone} 吗？`,
  },
  good: {
    credentials: ({ account, who, region }) => `账户 ${account}，身份 ${who}，区域 ${region}。`,
    services: ({ region }) => `${region} 有全部所需服务。`,
    bootstrap: ({ version }) => `CDK 已做好准备（bootstrap 版本 ${version}）。`,
    no_host: () => '没有自己的主机名：页面和链接用 CloudFront 的域名。',
    certificate: ({ host }) => `${host} 的证书已签发。`,
    certificate_found: ({ host, status }) => `ACM 里有 ${host} 的证书（${status}），已写入设置。`,
    zone_found: ({ zone }) => `${zone} 在 Route 53 里：periodical deploy 可以写入记录。`,
    identity_own: ({ domain }) => `SES 里的 ${domain} 属于这个堆栈。`,
    identity_new: ({ domain }) => `SES 里还没有 ${domain}，由堆栈建立。`,
    identity_adopted: ({ domain }) => `SES 里本来就有 ${domain}，原样使用。`,
    cloudfront: () => '这个账户可以使用 CloudFront。',
    concurrency: ({ limit, wanted }) => `Lambda 最多同时运行 ${limit} 个函数，可能需要 ${wanted} 个。`,
    ses_production: ({ day, second }) => `SES 已在生产环境：每天 ${day} 封，每秒 ${second} 封。`,
    nothing_left_behind: () => '没有以前尝试留下的表或用户池。',
    dmarc_kept: ({ domain, name }) => `${domain} 已有 DMARC 策略（${name}），保持不变。`,
    records_there: ({ zone, count }) => `${zone} 里已有这个堆栈的 ${count} 条记录。`,
    stack_complete: ({ stack, status }) => `堆栈 ${stack} 正常（${status}）。`,
    dns_seen: ({ count }) => `全部 ${count} 条 DNS 记录都已生效。`,
    dmarc_seen: ({ domain, name, policy }) => `${domain} 有 DMARC 策略（${name}：p=${policy}）。`,
    identity_verified: ({ domain }) => `SES 已验证 ${domain}，含 DKIM。`,
    events_published: ({ count }) => `SES 把全部 ${count} 种事件发给这个堆栈。`,
    round_trip: ({ seconds }) => `寄给 SES 模拟器的信已送达、退回、被投诉，${seconds} 秒后系统全部得知。`,
    page_answers: ({ address }) => `${address} 打得开订阅页。`,
    one_click: () => '一键退订的请求能到达系统。',
    viewer_known: () => '系统知道请求来自谁。',
    alarms_confirmed: ({ contact }) => `告警发往 ${contact}。`,
    alarms_quiet: ({ count }) => `${count} 个告警都没有触发。`,
    heartbeat: ({ runs, minutes }) => `最近 ${minutes} 分钟 watch-digests 运行了 ${runs} 次。`,
    no_dead_letters: ({ queues }) => `${queues} 个死信队列都是空的。`,
    schedule_equal: ({ expression, timeZone }) => `发行时间与设置一致：${expression}，${timeZone}。`,
    quota_enough: ({ readers, day, minutes }) =>
      `发给 ${readers} 位读者，SES 的${day < 0 ? '配额不限' : `每天 ${day} 封`}足够，约需 ${minutes} 分钟。`,
    cost_last_month: ({ month, dollars }) => `${month} 花费 $${dollars.toFixed(2)}。`,
    records_written: ({ zone, count }) => `已把 ${count} 条记录写入 ${zone}。`,
  },
  trouble: {
    services_missing: ({ region, services }) =>
      says(
        `${region} 没有 ${list(services)}。`,
        '电子报不能在那里运行。',
        '换一个 "region"，例如 ap-southeast-1、eu-central-1 或 us-east-1。',
      ),
    bootstrap_missing: ({ region, version }) =>
      says(
        version > 0 ? `${region} 的 CDK bootstrap 太旧（版本 ${version}）。` : `${region} 还没有为 CDK 做准备。`,
        'CDK 通过自己的存储桶和角色上传，那里还没有。',
        '运行 npx cdk bootstrap，每个账户和区域一次。',
      ),
    certificate_missing: ({ host }) =>
      says(
        `us-east-1 没有 ${host} 的证书。`,
        'CloudFront 要有那里的证书才能使用这个主机名。',
        '再运行 periodical deploy 让它申请，或从设置中去掉 "publicHost"。',
      ),
    certificate_gone: ({ arn }) =>
      says(`ACM 里没有 ${arn}。`, '它属于另一个账户，或已删除。', '从设置中去掉 "certificateArn"，periodical deploy 会另找或申请。'),
    certificate_for_others: ({ host, names, arn }) =>
      says(
        `这张证书用于 ${list(names)}，不用于 ${host}。`,
        'CloudFront 不接受它用于该主机名。',
        `从设置中去掉 "certificateArn"（${arn}），periodical deploy 会另找或申请。`,
      ),
    certificate_failed: ({ host, status, arn }) =>
      says(
        `ACM 没有签发 ${host} 的证书（${status}）。`,
        '它等记录等三天，并检查 CAA 记录是否允许 Amazon。',
        `在 ACM 中删除 ${arn}，从设置中去掉 "certificateArn"，再运行 periodical deploy。`,
      ),
    certificate_waits: ({ host }) =>
      says(
        `ACM 还没有签发 ${host} 的证书。`,
        '它在 DNS 中找自己的记录，记录生效几分钟后就会找到。',
        '设好记录，永远留着它，再运行 periodical deploy。',
      ),
    certificate_comes_with_deploy: ({ host }) =>
      says(`ACM 里没有 ${host} 的证书。`, 'CloudFront 需要一张，而且要在 us-east-1。', 'periodical deploy 会申请，并显示它的记录。'),
    identity_would_go: ({ domain }) =>
      says(
        `"existing.identities" 里写了 ${domain}，而它是这个堆栈建的。`,
        '下一次部署会把它从 SES 删除，信就发不出去了。',
        `从 "existing.identities" 中去掉 ${domain}。`,
      ),
    identity_not_there: ({ domain }) =>
      says(
        `"existing.identities" 里写了 ${domain}，而 SES 在这个区域没有它。`,
        '从它发不出信。',
        `从 "existing.identities" 中去掉 ${domain}，由堆栈建立。`,
      ),
    identity_taken: ({ domain }) =>
      says(
        `SES 里已经有 ${domain}，不是这个堆栈建的。`,
        '部署会失败，因为 SES 在一个区域里只能有一个。',
        `把 ${domain} 写进 "existing.identities"，或在 SES 中删除它。`,
      ),
    host_taken: ({ host, distribution }) =>
      says(
        `分配 ${distribution} 已占用 ${host}。`,
        '一个主机名只能属于一个分配，部署会失败。',
        `从那个分配上去掉 ${host}；它可能是已删除的堆栈留下的。`,
      ),
    cloudfront_unknown: () =>
      says(
        '账户里还没有 CloudFront 分配。',
        '有些新账户要经 AWS 查看之后才能使用 CloudFront，而这无法事先询问。',
        '现在不用做什么。如果部署时报错，就提交一个支持案例（“账户和账单”），免费。',
      ),
    concurrency_low: ({ limit, wanted }) =>
      says(
        `这个账户里 Lambda 最多同时运行 ${limit} 个函数，可能需要 ${wanted} 个。`,
        '忙的时候页面会返回 503，信要等待。',
        '向 AWS 申请 1,000（Service Quotas，AWS Lambda，Concurrent executions），免费。',
      ),
    concurrency_asked: ({ limit, wanted, desired }) =>
      says(
        `这个账户里 Lambda 最多同时运行 ${limit} 个函数，可能需要 ${wanted} 个。已向 AWS 申请 ${desired} 个。`,
        '在此之前，忙的时候页面可能返回 503，信可能要等待。',
        '不用做什么：AWS 会来信答复。',
      ),
    left_behind: ({ arns }) =>
      says(
        `以前的尝试或堆栈留下了 ${list(arns)}。`,
        '它们受保护，不会被自动删除。下一个堆栈会建自己的。',
        '如果其中的内容都不需要，就关闭删除保护，再删除它们。',
      ),
    ses_paused: ({ status }) =>
      says(
        `SES 暂停了这个账户${status ? `（${status}）` : ''}。`,
        '一封信也发不出去。',
        '看 AWS 为此寄来的信，在 SES 控制台的“Reputation metrics”中答复。',
      ),
    ses_review: () =>
      says('SES 正在审查这个账户。', '如果退信或投诉不减少，可能会被暂停。', '看 AWS 为此寄来的信，再看最近几期的发送报告。'),
    ses_sandbox: ({ day, second }) =>
      says(`SES 还在沙盒里：每天 ${day} 封，每秒 ${second} 封，只能发给验证过的地址。`, '别人还不能订阅。', 'periodical production-access'),
    record_in_the_way: ({ name, type, zone }) =>
      says(`${zone} 的 ${name} 处有别的记录，那里应该是 ${type}。`, '没有动它。', '在 Route 53 中看一看，不需要就换掉。'),
    records_by_hand: ({ count }) =>
      says(
        `有 ${count} 条记录要手工设置。`,
        '全世界看到它们之前，SES 验证不了域名，读者也打不开页面。',
        '照上面设好，再运行 periodical doctor --watch。',
      ),
    records_refused: ({ zone, message }) =>
      says(`Route 53 拒绝了 ${zone} 的记录：${message}`, '一条也没有写入。', '排除原因，再运行 periodical deploy。'),
    cloudfront_not_allowed: ({ reason }) =>
      says(
        `AWS 还不允许这个账户使用 CloudFront：${reason}`,
        '新账户要先经 AWS 查看。',
        '提交一个支持案例（“账户和账单”，免费），请求为 CloudFront 验证账户，然后再运行 periodical deploy。',
      ),
    resource_exists: ({ resource, reason }) =>
      says(
        `${resource} 已经存在：${reason}`,
        '它的名字被不属于这个堆栈的东西占用了。',
        '删除那个东西；如果是 SES 的域名，就写进 "existing.identities"。',
      ),
    certificate_refused: ({ reason }) =>
      says(
        `CloudFront 不接受这张证书：${reason}`,
        '它必须已签发、在 us-east-1、用于该主机名。',
        '从设置中去掉 "certificateArn"，periodical deploy 会另找或申请。',
      ),
    host_in_use: ({ reason }) =>
      says(
        `另一个分配已占用该主机名：${reason}`,
        '一个主机名在所有 AWS 账户中只能属于一个分配。',
        '从那个分配上去掉它，或换一个 "publicHost"。',
      ),
    resource_failed: ({ resource, reason }) =>
      says(`${resource} 没有建成：${reason}`, 'CloudFormation 已全部撤回。', '排除原因，再运行 periodical deploy。'),
    apex_host: ({ host }) =>
      says(
        `${host} 是一个区域的起点。`,
        '那里不能有 CNAME，只有 Route 53 能从那里指向 CloudFront。',
        `用它下面的主机名，例如 news.${host}，或把区域迁到 Route 53。`,
      ),
    sender_on_host: ({ domain }) =>
      says(
        `发件人就在公开主机名 ${domain} 上。`,
        '是 CNAME 的主机名不能有 MX：寄给发件人的信会丢失，有些服务商也不太信任它。',
        `用子域名，例如 mail.${domain}。`,
      ),
    sender_on_peoples_domain: ({ domain }) =>
      says(`人们用 ${domain} 收信。`, '对电子报的投诉也会伤到他们的信。', `为电子报单独用一个子域名，例如 news.${domain}。`),
    senders_share_domain: ({ domain }) =>
      says(`两个发件人都在 ${domain} 上。`, '陌生人会引出确认信，对它的投诉就会伤到电子报。', '确认信用另一个子域名。'),
    senders_same_address: ({ address }) =>
      says(`电子报也从 ${address} 发送。`, '对确认信的投诉会伤到电子报。', '换一个地址，最好在另一个子域名下。'),
    stack_unfinished: ({ stack, status }) =>
      says(`堆栈 ${stack} 的状态是 ${status}。`, '上一次变更失败了，或还在进行。', '等它结束，或再运行 periodical deploy，它会说明原因。'),
    stack_unprotected: ({ isSet }) =>
      says(
        '堆栈没有防误删保护。',
        '一条错误的命令就能删掉它。',
        isSet ? '运行 periodical deploy。' : '设置 "terminationProtection": true，再运行 periodical deploy。',
      ),
    dns_missing: ({ name, type, value }) =>
      says(
        `还看不到 ${name} ${type} ${value}`,
        '缺了它，页面打不开，或者信不受信任。',
        '在域名的 DNS 处设置；生效要几分钟，有时要几小时。',
      ),
    dmarc_missing: ({ domain, value }) =>
      says(`${domain} 没有 DMARC 策略。`, 'Gmail、Yahoo 和 Outlook 要求大量发信者必须有。', `设置 _dmarc.${domain} TXT ${value}`),
    certificate_ends: ({ host, days }) =>
      says(`${host} 的证书还有 ${days} 天到期。`, 'ACM 本应已续期：它找不到自己的记录了。', '把 ACM 为该证书显示的记录重新设好。'),
    identity_unknown: ({ domain }) => says(`SES 里没有 ${domain}。`, '从它发不出信。', '运行 periodical deploy --repair。'),
    identity_pending: ({ domain, dkim, mailFrom }) =>
      says(
        `SES 还没有验证 ${domain}（DKIM ${dkim}${mailFrom ? `，MAIL FROM ${mailFrom}` : ''}）。`,
        '从它还发不出信。SES 会在 72 小时内查找记录。',
        '设好记录。如果显示 FAILED，就让 SES 再找一次：SES 控制台，Identities，该域名。',
      ),
    configuration_set_missing: ({ name }) =>
      says(`SES 里没有配置集 ${name}。`, '没有它，一封信也发不出去。', '运行 periodical deploy --repair。'),
    configuration_set_paused: ({ name }) =>
      says(
        `配置集 ${name} 的发送被关闭了。`,
        '一封信也发不出去。',
        `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
      ),
    events_elsewhere: ({ name }) =>
      says(
        `配置集 ${name} 没有把事件发给这个堆栈。`,
        '退信和投诉无人得知，各期也无法结束。',
        '运行 periodical deploy --repair；有人删掉了事件目标。',
      ),
    events_off: ({ name }) =>
      says(`${name} 的事件目标被关闭了。`, '退信和投诉无人得知，各期也无法结束。', '在 SES 控制台的“Configuration sets”中打开它。'),
    events_missing: ({ missing }) =>
      says(`SES 没有发布 ${list(missing)}。`, '报告里看不到信的下落。', '运行 periodical deploy --repair；有人改动了事件目标。'),
    round_trip_not_sent: ({ message }) =>
      says(
        `SES 没有接收寄给模拟器的信：${message}`,
        '寄给读者的信它也不会接收。',
        '处理 SES 指出的问题。DNS 有记录之前，SES 验证不了发件人。',
      ),
    round_trip_lost: ({ missing, seconds }) =>
      says(
        `寄给 SES 模拟器的信，${seconds} 秒内没有等到 ${list(missing)}。`,
        '系统不知道信的下落。',
        '见 docs/runbook.md 的 record-ses-events-dead-letters；periodical logs record-ses-events',
      ),
    page_unreachable: ({ address, fault }) =>
      says(
        `${address} 没有响应：${fault}`,
        '读者不能订阅，信里的链接也打不开。',
        '设好公开主机名的 DNS 记录；如果已有，就检查分配和证书。',
      ),
    page_wrong: ({ address, status }) =>
      says(
        `${address} 返回 ${status}，而不是订阅页。`,
        '读者不能订阅。',
        '这个主机名指向本分配吗？见 docs/runbook.md 的 http-errors；periodical logs public-api',
      ),
    one_click_blocked: ({ status }) =>
      says(
        `一键退订的请求得到 ${status}，而且不是系统回答的。`,
        '邮件程序不能替读者退订；Gmail 和 Yahoo 要求能做到。',
        '分配前面有什么拦住了 POST 请求吗？periodical logs public-api',
      ),
    viewer_missing: () =>
      says(
        '系统不知道请求来自谁：CloudFront-Viewer-Address 没有到达。',
        '所有订阅都算作同一个网络，多了就会被拒绝。',
        '运行 periodical deploy --repair；可能有人改动了分配。',
      ),
    viewer_unknown: () => says('不清楚系统是否知道请求来自谁。', '已部署的版本没有说明。', '运行 periodical deploy。'),
    alarms_unconfirmed: ({ contact, topic }) =>
      says(
        `还没有人确认告警发往 ${contact}。`,
        '出了问题没有人知道。',
        `打开 AWS 来信（“Subscription Confirmation”）里的链接。如果信丢了，可让 AWS 重发：aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${contact}`,
      ),
    alarms_raised: ({ alarms }) =>
      says(`已触发的告警：${list(alarms)}。`, '各自影响谁，见 docs/runbook.md。', `见 docs/runbook.md#${alarms[0] ?? 'alarms'}`),
    heart_stopped: ({ minutes }) =>
      says(
        `watch-digests 已有 ${minutes} 分钟没有运行。`,
        '各期不再继续，定时文章也不会发出。',
        '见 docs/runbook.md 的 watch-digests-dead-letters；periodical logs watch-digests',
      ),
    dead_letters: ({ worker, count }) =>
      says(
        `${worker} 的死信里有 ${count} 条消息。`,
        '它处理不了这些消息。',
        `见 docs/runbook.md 的 ${worker}-dead-letters，然后 periodical redrive ${worker}`,
      ),
    schedule_missing: ({ expression, timeZone }) =>
      says('没有发行的定时任务。', '各期不会自动发出。', `运行 periodical deploy --repair，它会建立 ${expression}，${timeZone}。`),
    schedule_off: ({ expression, timeZone }) =>
      says(
        `发行的定时任务（${expression}，${timeZone}）被关闭了。`,
        '各期不会自动发出。',
        '在 EventBridge Scheduler 控制台打开 weekly-digest。',
      ),
    schedule_differs: ({ has, wanted }) =>
      says(`定时任务是 ${has}，而设置里是 ${wanted}。`, '各期会在没有人料到的时候发出。', '运行 periodical deploy --repair。'),
    quota_small: ({ readers, day }) =>
      says(
        `有 ${readers} 位读者，而 SES 每天只收 ${day} 封。`,
        '一期要一天又一天地等下去。',
        '申请提高：Service Quotas，Amazon SES，Sending quota；在沙盒里则用 periodical production-access。',
      ),
    rate_slow: ({ readers, second, hours }) =>
      says(
        `每秒 ${second} 封，发给 ${readers} 位读者要 ${hours} 小时。`,
        '最后的读者收到得晚。',
        '申请提高速率：Service Quotas，Amazon SES，Sending rate。',
      ),
    readers_not_counted: () => says('还没有统计过读者。', '不知道 SES 的配额是否足够。', '不用做什么：每天夜里会统计。'),
    cost_blind: () =>
      says(
        'AWS 没有按标签给出费用。',
        '付款账户还没有启用成本分配标签 newsletter 和 stage。',
        '在付款账户的控制台启用：Billing，Cost allocation tags。一天之后开始有效。',
      ),
    check_not_allowed: ({ check, message }) =>
      says(`这份凭证无权查看（${check}）：${message}`, '不清楚情况如何。', '用有权限的角色，例如管理员。'),
    dmarc_unknown: ({ domain }) =>
      says(
        `不知道 ${domain} 有没有 DMARC 策略：查不到 DNS。`,
        '没有写入记录，因为它可能取代已有的策略。',
        '换一个允许查询 DNS 的网络，再运行 periodical deploy。',
      ),
    dns_not_asked: ({ name, fault }) =>
      says(
        `查不到 ${name} 的 DNS${fault ? `：${fault}` : ''}。`,
        '不知道全世界看到的是什么。',
        '换一个允许向 1.1.1.1、223.5.5.5 或 8.8.8.8 查询 DNS 的网络；如果网络没有问题，就是域名自己的服务器没有回答。',
      ),
    account_not_asked: () => says('现在问不到 AWS 账户。', '找不到已有的区域和证书。', '可以继续；periodical deploy 会再看。'),
  },
};
