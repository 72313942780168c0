import { normalWord } from '../words/normal-word.ts';
import type { StateColumn } from './state-column.ts';

type Says = Omit<StateColumn, 'column' | 'words'>;

/** What a column is by its name alone. `silent`: about something else, whatever its cells say. */
export type NamedColumn =
  | { role: 'state'; says: Says; by: 'leaving' | 'agreeing' | 'status'; dateRank?: number }
  | { role: 'date'; rank: number }
  | { role: 'language' | 'topics' | 'tags' | 'address' | 'silent' | 'unknown' };

const otherChannel =
  /(?:^| )(?:sms|mms|whats ?app|push|phone|tel|telephone|mobile|cell|handy|fax|postal|telegram|wechat|viber|twitter|facebook|instagram)(?: |$)|短信|简讯|簡訊|手机|手機|电话|電話|微信|传真|傳真/u;
const mail = /(?:^| )(?:e ?mails?|mails?|newsletters?)(?: |$)|邮|郵|メール|메일|周刊|週刊/u;

/** States of other things: what somebody has paid for, ordered, visited, or may do. */
const otherThing =
  /(?:^| )(?:plan|plans|tier|tiers|paid|payment|payments|paying|stripe|billing|invoice|price|revenue|order|orders|ticket|attendee|attending|attendance|tax|account (?:status|state|type)|active subscription|subscription (?:tier|plan|type|period|price|source|interval)|patron|pledge|role|approved|moderator|admin|lifecycle|stage|state code|region|country|timezone|time zone|delivery mode|vip|gift|bestseller|customer type|lead|score|verified (?:buyer|customer)|html|plain ?text|digests?|prefer digests)(?: |$)|付费|付費|支付|审核|審核|訂單|订单|票/u;
const technical =
  /(?:^| )(?:id|ids|uuid|guid|ip|url|urls|link|links|token|hash|key|channel|level|(?:\w*[^\Wc])?counts?|number of|num|total|times|latitude|longitude|rating|rate|utm \w+|referrer|user agent|campaign title|campaign id|title)(?: |$)|次数|次數|编号|編號/u;
const dateWord =
  /(?:^| )(?:at|on|op|den|date|dates|datetime|time|timestamp|day|since|datum|am|zeitpunkt|le|date de|fecha|data|dato|pvm|kdy|dne)(?: |$)|日期|时间|時間|日時|日$|날짜|일시|(?:^| )(?:дата|когда|tarih|tarihi|tanggal|ημερομηνια|תאריך|ngay)(?: |$)|تاريخ/u;
const reasonWord =
  /(?:^| )(?:reasons?|grund|motif|motivo|reden|orsak|powod|why|because|note|feedback|source|comment)(?: |$)|原因|理由|사유/u;

const complaints = /complain|жалоб|sikayet|תלונ|(?:^| )(?:spam|abuse|junk)|plainte|queja|beschwerd|denunci|投诉|投訴|举报|檢舉|苦情/u;
const bounces =
  /bounc|недостав|не доставл|geri don|odbi[ct]|nedoruc|مرتد|(?:^| )(?:cleaned|clean (?:time|date)|undeliver\w*|invalid|unreachable|dead|mailbox (?:full|error))|退信|退件|unzustell|rebot|rebond|npai|devolu|respint/u;
/** About mail itself: who is not among these may be mailed, as far as the column knows. */
const leavings =
  /(?:^| )(?:un ?sub\w*|opt(?:ed|s|ing)? ?outs?|has opted out\w*|do ?not ?(?:e ?mail|mail|contact|send|market)|dnc|no ?(?:e ?)?mail(?:s|ing)?|e ?mail (?:disabled|black ?listed|block(?:ed|listed)?|suppress\w*)|black ?list\w*|block ?list\w*|deny ?list\w*|is excluded from campaigns|excluded? from (?:campaigns?|mail\w*|newsletters?)|non ?transactional)|abgemeld|abmeld|abbestell|austrag|desinscri|desabon|fecha de baja|(?:^| )baja|descadastr|disiscri|uitschri|uitgeschr|afgemeld|afmeld|avregistr|avprenum|avmeld|frameld|wypis|rezygnac|odhlas|odjav|leirat|dezabon|peruu|eronn|отпис|отказ от|відпис|c[ıi]k[ıi]s|ayr[ıi]l|iptal|απεγγραφ|διαγραφ|berhenti|huy [dđ]ang ky|إلغاء|الغاء|הסרה|ยกเลิก|退订|退訂|取消订|取消訂|取消关注|拒收|黑名单|黑名單|拉黑|购読解除|購読解除|配信停止|解除|수신거부|해지/u;
/** About a person or a record: who is not among these has not said yes by that. */
const endings =
  /(?:^| )(?:suppress\w*|block(?:ed)?|banned|disabled?|deactivat\w*|delet\w*|removed?|archived?|cancell?(?:ed|ation|ations)?|cancell?ed|excluded?|left|suspend\w*|silenced|withdrawn|revoked|redacted|erased|gone|terminated|churn\w*|ended|stopped|hidden|inactive|is deleted|rejected)(?: |$)|gekund|gesperr|geloscht|widerr|resili|supprim|bloque|eliminad|cancelad|removid|cancellat|bloccat|rimoss|verwijder|geblokk|停用|禁用|注销|註銷|删除|刪除|屏蔽|封鎖|冻结|退会/u;
const confirmations =
  /(?:^| )(?:confirm(?:ed|ation|s)?|double ?opt ?in\w*|doi|opt ?in (?:status|confirmed|confirmation)|activat(?:ed|ion)|bestatig\w*|confirme\w*|confirmad[oa]|confermat[oa]|bevestigd|bekraeft\w*)(?: |$)|确认|確認|激活/u;
/** Who has to confirm yet: the opposite of having confirmed. */
const awaited =
  /(?:^| )(?:unconfirmed|not confirmed|pending|awaiting \w+|(?:needs?|requires?) (?:to )?(?:be )?confirm\w*|confirmation (?:pending|required)|paused|snoozed|on hold)(?: |$)|待确认|待確認|未确认|未確認/u;
const verifications = /(?:^| )(?:verified|verification|is verified)(?: |$)|验证|驗證/u;
const agreements =
  /(?:^| )(?:opt(?:ed)? ?in|optin|has opted in|subscribed?|is subscribed|subscribed to \w+|subscriptions? to|newsletters?|mailing(?:s| list)?|(?:accepts?|buyer accepts|accept) (?:e ?mail )?(?:marketing|mail\w*)|(?:e ?mail )?marketing(?: (?:consent|permission|allowed|opt ?in|ok))?|consent|gdpr|dsgvo|rgpd|avg|permissions?|agree(?:d|s|ment)?|allow(?:ed|s)?|wants?|receiv(?:e|es|ing)|ok to (?:e ?)?mail|may (?:we )?(?:e ?)?mail|can (?:e ?)?mail|e ?mails? (?:ok|allowed|permission|consent|opt ?in)|send (?:e ?mails?|newsletters?)|einwilligung|zustimmung|werbung|abonn\w*|inscrito|suscrito|iscritto|ingeschreven|prenumer\w*|consentement|consentimiento|consenso|toestemming|samtykke|samtycke)(?: |$)|同意|愿意|願意|接收|接受|订阅|訂閱|周刊|週刊|购読|購読|配信|구독|수신/u;
/** Which letters somebody gets, by their names: one or more is a yes. */
const named =
  /(?:^| )(?:receiv\w+ (?:e ?mails?|mails?|newsletters?) (?:for|from)|subscribed (?:to|lists?|newsletters?)|newsletters? subscribed(?: to)?)$/u;
const statuses =
  /(?:^| )(?:status|statuses|statut|estado|estatus|situacao|stato|zustand|stav|stan|allapot|durum|tila|статус|κατασταση)(?: |$)|状态|狀態|ステータス|状態|상태|trang thai|الحالة|סטטוס|สถานะ|(?:^| )stanje(?: |$)/u;
const stateOnly =
  /^(?:state|e ?mail state|(?:e ?mail )?marketing state|subscri\w+ state|subscription|subscribe type|subscriber type|contact state)$/u;
const actives = /^(?:is )?(?:active|enabled|aktiv|actif|activo|ativo|attivo|actief|aktywny)$|^(?:启用|啟用|是否启用|是否有效|有効)$/u;

const goodDates =
  /(?:^| )(?:opt ?in|optin|confirm\w*|subscri\w*|sign(?:ed)? ?up|signup|join\w*|consent\w*|anmeld\w*|angemeldet|eintrag\w*|abonn\w*|inscri\w*|suscri\w*|iscri\w*|ingeschreven|aangemeld|prenumer\w*|tilmeld\w*|pameld\w*|zapis\w*|prihlas\w*|feliratk\w*|tilat\w*|liitty\w*|kay[ıi]t\w*|abonelik\w*|uyelik\w*|подпис[а-я]*|підпис[а-яі]*|εγγραφ[α-ω]*|berlangganan|[dđ]ang ky|member since)(?: |$)|اشتراك|הצטרפ|订阅|訂閱|加入|报名|報名|登録|가입|구독/u;
const otherDates =
  /(?:^| )(?:last|latest|recent|updat\w*|modif\w*|chang\w*|open\w*|click\w*|activity|sent|deliver\w*|birth\w*|geburt\w*|expir\w*|expiry|end|ends|renew\w*|purchas\w*|seen|login|visit\w*|next|upgrade|deadline|answer\w* end|letzte|dernier|ultim\w*)(?: |$)|结束|結束|更新|最后|最後|最近|修改|生日|到期/u;
const plainDates =
  /(?:^| )(?:created?|creation|added|inserted|registered|registration|since|seit|depuis|desde|dal|sinds|sedan|siden|start(?:ed)?|entered|imported|date|dates|timestamp|time|submitted|datum|fecha|data|dato|erstellt|erfasst|registriert|cree|creado|criado|creato|aangemaakt|skapad|registrerad|tillagd|oprettet|opprettet|registrert|lagt til|luotu|lisatty|vytvoreno|registrace|letrehoz\w*|добавлен[а-я]*|создан[а-я]*|регистрац[а-я]*|реєстрац[а-яії]*|eklenme|olusturma|dibuat)(?: |$)|创建|創建|建立|添加|提交|日期|时间|時間|日時|开始|開始|날짜|등록/u;

const addresses =
  /^(?:e ?mail(?: ?addr?ess(?:es)?)?|e ?mails?|mail|mailaddress|address|subscriber|subscriber e ?mail|contact e ?mail|primary e ?mail|recipient|e ?mail ?adress[ea]?|correo.*|courriel|adresse e ?mail|adres e ?mail|e postadress|e post|邮箱|电子邮箱|邮箱地址|邮件地址|电子邮件|电邮|電子郵件|電郵|信箱|郵箱|メールアドレス|メール|이메일|이메일 주소)$/u;
const languages = /^(?:language|locale|lang|sprache|langue|idioma|语言|語言|言語|언어)$/u;
const topics = /^(?:topics?|interests?|主题|主題|栏目|欄目)$/u;
const tags = /^(?:tags?|labels?|groups?|segments?|lists?|e ?mail lists?|categories|标签|標籤|分组|分組|群组)$/u;

/** What takes somebody off, once it is filled or says yes. `agrees`: whether those who are not off may be mailed. */
function leaving(word: string, yes: 'complained' | 'bounced' | 'unsubscribed', agrees: boolean): NamedColumn {
  const open = agrees && !reasonWord.test(word);
  return { role: 'state', by: 'leaving', says: { reads: 'filled', yes, ...(open && { no: 'subscribed', empty: 'subscribed' }) } };
}

/** A date of whatever the row is about. */
export const isPlainDateName = (name: string): boolean =>
  /^(?:date|dates|time|timestamp|datum|fecha|data|dato|日期|时间|時間|日時|날짜)$/u.test(normalWord(name));

const remark =
  /(?:^| )(?:notes?|remarks?|comments?|memo|bemerkung(?:en)?|anmerkung(?:en)?|notiz(?:en)?|remarques?|commentaires?|notas?|observac\w*|osservazion\w*|opmerking(?:en)?|uwagi|poznamk[ay]|примечани[а-я]*|заметк[а-я]*)(?: |$)|备注|備註|备忘|メモ|備考|비고/u;

/** Where people write what they know of somebody. */
export const isRemarkName = (name: string): boolean => remark.test(normalWord(name));

/** Why somebody is on a list of those who are gone. */
export const isReasonName = (name: string): boolean =>
  /^(?:source|origin|cause|type)$/.test(normalWord(name)) || reasonWord.test(normalWord(name));

/** Reads what a column is called, in the languages that tools and people use. */
export function readColumnName(name: string): NamedColumn {
  const word = normalWord(name);
  if (word === '') return { role: 'unknown' };
  if (addresses.test(word)) return { role: 'address' };
  if (otherChannel.test(word) && !mail.test(word)) return { role: 'silent' };
  const dated = dateWord.test(word);
  if (technical.test(word) || otherThing.test(word)) return dated && plainDates.test(word) ? { role: 'date', rank: 3 } : { role: 'silent' };
  if (complaints.test(word)) return leaving(word, 'complained', false);
  if (bounces.test(word)) return leaving(word, 'bounced', false);
  if (leavings.test(word)) return leaving(word, 'unsubscribed', true);
  if (statuses.test(word) || stateOnly.test(word)) return { role: 'state', by: 'status', says: { reads: 'words' } };
  if (endings.test(word)) return leaving(word, 'unsubscribed', false);
  if (actives.test(word)) return { role: 'state', by: 'agreeing', says: { reads: 'words', no: 'unsubscribed' } };
  if (awaited.test(word) && !dated) return { role: 'state', by: 'leaving', says: { reads: 'filled', yes: 'unconfirmed' } };
  if (named.test(word)) return { role: 'state', by: 'agreeing', says: { reads: 'filled', yes: 'subscribed', no: 'unsubscribed' } };
  if (confirmations.test(word)) return { ...agreeing('subscribed', 'unconfirmed', 'unconfirmed'), ...(dated && { dateRank: 1 }) };
  if (verifications.test(word) && !dated) return agreeing(undefined, 'unconfirmed', undefined);
  if (languages.test(word)) return { role: 'language' };
  if (topics.test(word)) return { role: 'topics' };
  if (tags.test(word)) return { role: 'tags' };
  if (otherDates.test(word)) return { role: 'silent' };
  if (dated && goodDates.test(word)) return { role: 'date', rank: 1 };
  if (agreements.test(word)) return agreeing('subscribed', 'unsubscribed', undefined);
  if (goodDates.test(word)) return { role: 'date', rank: 1 };
  if (plainDates.test(word)) return { role: 'date', rank: 2 };
  return { role: 'unknown' };
}

type Agreeing = Extract<NamedColumn, { role: 'state' }>;
const agreeing = (yes: StateColumn['yes'], no: StateColumn['no'], empty: StateColumn['empty']): Agreeing => ({
  role: 'state',
  by: 'agreeing',
  says: { reads: 'words', ...(yes && { yes }), ...(no && { no }), ...(empty && { empty }) },
});
