/** `nonsubscribed`: a contact who never asked for the newsletter, and so is none of its readers. */
export const listStatuses = ['subscribed', 'unconfirmed', 'nonsubscribed', 'unsubscribed', 'bounced', 'complained'] as const;
export type ListStatus = (typeof listStatuses)[number];

/**
 * What tools, and people, write into a column that says somebody's status. Only a word of the first list makes a reader, so it
 * holds whole phrases that mean nothing else; letters of any case and blanks, bars or dots between them are the same.
 */
export const statusWords: Record<ListStatus, readonly string[]> = {
  subscribed: words(`
    subscribed|subscriber|active subscriber|active|enabled|confirmed|valid|regular|premium|live|on|opted in|opt in|
    double opt in confirmed|double opt in|explicit opt in|explicit|implicit|express|implied|mailable|marketable|receiving|
    receiving emails|receives emails|sending|marketing contact|verified subscriber|confirmed subscriber|single opt in|
    confirmed opt in|fully subscribed|currently subscribed|is subscribed|subscribe|deliverable|accepted|granted|resubscribed|
    abonniert|aktiv|angemeldet|bestatigt|eingetragen|empfanger aktiv|abonnent|abonnentin|zugestimmt|abonne|abonnee|inscrit|
    inscrite|actif|active|confirme|confirmee|valide|activo|activa|suscrito|suscrita|suscriptor|confirmado|confirmada|de alta|alta|
    inscrito|inscrita|ativo|ativa|assinante|confirmada|iscritto|iscritta|attivo|attiva|confermato|ingeschreven|actief|aangemeld|
    bevestigd|geabonneerd|prenumererar|aktiv prenumerant|prenumerant|tilmeldt|pameldt|bekraeftet|bekreftet|bekraftad|tilaaja|
    tilattu|vahvistettu|subskrybowany|zapisany|aktywny|potwierdzony|prihlasen|odebira|aktivni|feliratkozva|abone|aktif|etkin|
    подписан|подписана|активен|активный|подтвержден|підписаний|активний|εγγεγραμμένος|ενεργός|已订阅|订阅|订阅中|正常订阅|已确认|确认|正常|有效|有效订阅|
    启用|已启用|愿意接收|同意接收|接收中|在订|已訂閱|訂閱|訂閱中|正常訂閱|已確認|確認|有效訂閱|啟用|已啟用|願意接收|接收中|登録済み|登録|登録中|購読中|購読|配信中|本登録|有効|会員|確認済み|구독 중|구독|구독중|구독자|
    수신동의|수신 동의|활성|đã đăng ký|đang hoạt động|berlangganan|مشترك|نشط`),
  unconfirmed: words(`
    unconfirmed|pending|pending confirmation|pending opt in|unactivated|not confirmed|not yet confirmed|awaiting|
    awaiting confirmation|unverified|not verified|not activated|waiting|waiting for confirmation|requested|invited|needs approval|
    validating|confirmation sent|confirmation pending|opt in pending|double opt in pending|doi pending|needs confirmation|
    to confirm|opt in requested|held|on hold|in review|moderated|queued|queued for confirmation|unbestatigt|ausstehend|
    nicht bestatigt|wartend|offen|doi offen|angefragt|eingeladen|en attente|non confirme|non confirmee|a confirmer|invite|
    pendiente|sin confirmar|no confirmado|por confirmar|pendente|nao confirmado|a confirmar|in attesa|non confermato|
    da confermare|niet bevestigd|in afwachting|obekraftad|ikke bekraeftet|ikke bekreftet|vahvistamatta|odottaa|niepotwierdzony|
    oczekujacy|nepotvrzeny|ceka|onay bekliyor|beklemede|nem megerositett|ожидает|не подтвержден|неподтвержден|очікує|未激活|仮登録|確認待ち|
    承認待ち|未認証|미인증|대기|대기중|chờ xác nhận|menunggu`),
  nonsubscribed: words(`
    nonsubscribed|non subscribed|not subscribed|never subscribed|transactional|no permissions set|no permission|non marketing|
    non marketing contact|nicht abonniert|non abonne|non inscrit|no suscrito|non iscritto|nao inscrito|niet ingeschreven|未订阅|未訂閱|
    未登録|미구독`),
  unsubscribed: words(`
    unsubscribed|unsubscribe|unsub|opted out|opt out|cancelled|canceled|removed|deleted|archived|inactive|disabled|deactivated|
    suppressed|blocked|banned|blacklisted|blocklisted|denylisted|do not email|do not mail|do not contact|do not send|dnc|dne|
    no mail|no email|withdrawn|revoked|rejected|refused|denied|declined|stopped|stop|left|gone|redacted|erased|forgotten|quit|
    by user|by moderator|by admin|off|excluded|disallowed|not sending|no longer subscribed|ex subscriber|former subscriber|former|
    expired subscription|terminated|unmarketable|not marketable|unengaged|dormant|suspended|silenced|not allowed|opposed|objected|
    ended|abgemeldet|ausgetragen|gekundigt|gesperrt|geloscht|inaktiv|deaktiviert|widerruf|widerrufen|abbestellt|keine werbung|
    kein newsletter|desabonne|desabonnee|desinscrit|desinscrite|supprime|supprimee|bloque|inactif|liste noire|resilie|opposition|
    refus|baja|dado de baja|dada de baja|de baja|desuscrito|cancelado|bloqueado|eliminado|lista negra|inactivo|inativo|
    descadastrado|removido|cancelou inscricao|disiscritto|disiscritta|cancellato|bloccato|rimosso|inattivo|uitgeschreven|afgemeld|
    geblokkeerd|verwijderd|inactief|opgezegd|avregistrerad|avprenumererad|avslutad|frameldt|afmeldt|avmeldt|peruutettu|peruttu|
    poistettu|wypisany|wyrejestrowany|zablokowany|usuniety|nieaktywny|odhlasen|zablokovan|leiratkozott|torolve|abonelikten cikti|
    abonelikten ayrildi|engellendi|отписан|отписался|отписалась|заблокирован|удален|неактивен|відписаний|διαγράφηκε|απεγγράφηκε|
    解除|解除済み|退会|退会済み|配信停止|停止|無効|削除|削除済み|ブロック|受信拒否|配信不要|取消|已取消|停用|已停用|禁用|已禁用|冻结|已冻结|注销|已注销|删除|已删除|封鎖|停權|刪除|暂停|暫停|不同意|已退|수신거부|수신 거부|
    구독 취소|구독취소|구독 해지|해지|차단|탈퇴|đã hủy|hủy đăng ký|berhenti berlangganan|ملغي|ألغى الاشتراك|غير مشترك`),
  bounced: words(`
    bounced|bounce|hard bounce|hard bounced|soft bounce|soft bounced|cleaned|clean|undeliverable|undelivered|unreachable|invalid|
    invalid email|invalid address|by bounces|by bounce|mailbox not found|user unknown|returned|unknown user|no such user|dead|
    nonexistent|non existent|does not exist|bad address|bad email|not deliverable|unzustellbar|nicht zustellbar|rucklaufer|
    ungultig|npai|rejete|rebond|non distribue|rebotado|rebote|devuelto|devolvido|invalido|respinto|errato|onbestelbaar|
    onbezorgbaar|studsad|returneret|niedostarczony|nedorucitelne|nedoruceno|visszapattant|недоставлен|отскок|无效|無效|失效|空号|エラー|不達|
    エラー停止|宛先不明|반송|자동 삭제|하드바운스|hard fail|permanent failure|host not found`),
  complained: words(`
    complained|complaint|spam|spammy|abuse|abusive|junk|marked as spam|spam complaint|spam report|feedback loop|beschwerde|
    plainte|signale comme spam|queja|reclamo|denuncia|denunciou spam|reclamacao|segnalato|klacht|klagomal|skarga|stiznost|panasz|
    sikayet|жалоба|投诉|举报|垃圾邮件|投訴|檢舉|垃圾郵件|苦情|迷惑メール|스팸|신고`),
};

function words(list: string): string[] {
  return list.split('|').map((word) => word.trim());
}
