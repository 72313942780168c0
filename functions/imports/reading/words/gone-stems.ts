import type { ListStatus } from './status-words.ts';

/**
 * Stems by which a longer text says that somebody is gone, or has not confirmed: first what outweighs the others. None of them makes a
 * reader.
 */
export const goneStems: readonly [Exclude<ListStatus, 'subscribed' | 'nonsubscribed'>, RegExp][] = [
  [
    'complained',
    /(?:^| )(?:spam|junk|abuse|abusive|complain|complaint|plaint|queja|reclam|denunci|beschwer|segnalat|klacht|klagom|skarg|жалоб|fbl)|投[诉訴]|举报|檢舉|垃圾邮|垃圾郵|迷惑メール|スパム|苦情|스팸/u,
  ],
  [
    'bounced',
    // Also by the codes of SMTP (RFC 3463), whose dots are blanks here.
    /bounc|^(?:5\d\d )?5 \d{1,2} \d{1,3}(?: |$)|^5\d\d (?!$)|(?:^| )(?:undeliver|unreachable|unzustell|nicht zustell|npai|rebot|rebond|non distribu|devuelt|devolvid|respint|onbestelb|onbezorg|studs|niedostarcz|nedoruc|недостав|mailbox (?:not found|unavailable|full|does)|user unknown|unknown user|no such user|invalid (?:e ?mail|address|recipient|mailbox)|(?:e ?mail|address|recipient|mailbox) (?:is )?invalid|bad (?:address|e ?mail|mailbox)|returned to sender|ungultige|adresse invalide|direccion no valida|indirizzo errato|endereco invalido|non ?exist)|退信|退件|退回|[无無](?:法|效)(?:送达|送達|投递|投遞|邮箱|信箱|地址)|(?:邮箱|信箱|地址|邮件地址)(?:不存在|无效|無效|错误|錯誤)|不達|反송|반송|エラー/u,
  ],
  [
    'unsubscribed',
    /(?:^| )(?:unsub|opt(?:ed)? ?out|cancel|block|black ?list|deny ?list|suppress|remov|delet|archiv|deactiv|disabl|revok|withdr|do ?n[o']?t? ?(?:e ?mail|mail|contact|send)|no longer|abgemeld|abbestell|ausgetrag|gekund|gesperr|geloscht|widerr|desabon|desinscri|supprim|resili|desuscri|dado de baja|baja|elimin|bloque|descadastr|removid|disiscri|bloccat|rimoss|uitgeschr|afgemeld|geblokk|verwijder|avregistr|avprenum|frameld|avmeld|peruut|wypisan|wyrejestr|zablok|odhlas|leiratkoz|abonelikten|отпис|заблок|удален|відпис|διαγραφ)|退[订訂阅閱会會]|取消(?:了)?(?:订阅|訂閱|关注)|取消(?:订|訂)|不(?:再)?(?:接收|订阅|訂閱|收|想收|需要)|拒[收绝絕]|黑名[单單]|拉黑|屏蔽|封[禁鎖锁]|停止(?:寄送|發送|发送|接收|订阅|訂閱)|[請请]勿|已[刪删]除|已注[销銷]|购読解除|購読解除|配信停止|配信不要|受信拒否|退会|解除|수신거부|해지|차단|탈퇴|(?:^| )(?:đa )?huy (?:đang|dang)|berhenti/u,
  ],
  [
    'unconfirmed',
    /(?:^| )(?:pending|await|waiting|queued for|unconfirm|unverif|unactivat|(?:not|never|non|nao|sin|no|niet|nicht|ikke|nem|не) (?:yet )?(?:confirm|verif|activat|bestat|bevest|bekr|conferm|megeros|подтв)|ausstehend|wartet|en attente|pendient|pendent|in attesa|aguardand|in afwacht|obekraft|oczekuj|niepotwierdz|nepotvrz|onay bek|ожида)|待(?:确认|確認|验证|驗證|激活|审核|審核)|未(?:确认|確認|验证|驗證|激活|認証)|[尚还還]未|仮登録|確認待ち|대기|미인증|(?:^| )cho xac/u,
  ],
];

/** In front of a word that says the opposite with it: `not spam`, `never bounced`, `no complaints`. */
export const negation =
  /(?:^| )(?:not|no|never|non|nicht|kein|keine|nie|sin|sans|without|un ?do|0|zero|niet|geen|ikke|не) $|(?:[未不没沒非无無])$/u;
