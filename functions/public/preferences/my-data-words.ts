import type { ReaderDelivery } from '../../feedback/reader-deliveries.ts';
import type { ReaderFeedback } from '../../feedback/reader-feedback.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { AuditEntry } from '../../subscribers/audit-log.ts';

type MyDataWords = {
  outcome: Record<ReaderDelivery['outcome'], string>;
  said: Record<ReaderFeedback['kind'], string>;
  act: Record<AuditEntry['act'], string>;
};

/** What the names in a reader's own data mean, to the reader. */
export const myDataWords: Record<ReaderLocale, MyDataWords> = {
  'zh-CN': {
    outcome: {
      complained: '寄到了，后来被举报为垃圾邮件',
      bounced: '你的邮箱没有收下',
      blocked: '你的邮箱服务商没有放行',
      delivered: '寄到了',
      delayed: '还在路上：邮箱暂时没有收下',
      sent: '已寄出',
      submitted: '已寄出',
      open: '还没有轮到',
      paused: '没有寄：你在暂停接收',
      topic: '没有寄：不是你选的主题',
      rejected: '没有寄成：发信服务没有接受',
      unknown: '不确定是否寄出',
      left: '没有寄：当时不在名单上',
      failed: '没有寄成：几次都失败了',
      cancelled: '没有寄：这一期取消了发送',
    },
    said: {
      dead: '邮箱不存在或已停用',
      unexplained: '邮箱拒收，没有说明原因',
      blocked: '邮箱服务商没有放行，与你的邮箱无关',
      soft: '邮箱暂时收不了信',
      complaint: '被举报为垃圾邮件',
      'not-spam': '被移出垃圾邮件',
    },
    act: { 'looked up': '编辑查看了这些资料', unsubscribed: '编辑办理了退订', erased: '编辑删除了资料', lifted: '编辑恢复了投递' },
  },
  'zh-TW': {
    outcome: {
      complained: '寄到了，後來被檢舉為垃圾郵件',
      bounced: '你的信箱沒有收下',
      blocked: '你的信箱服務商沒有放行',
      delivered: '寄到了',
      delayed: '還在路上：信箱暫時沒有收下',
      sent: '已寄出',
      submitted: '已寄出',
      open: '還沒有輪到',
      paused: '沒有寄：你在暫停接收',
      topic: '沒有寄：不是你選的主題',
      rejected: '沒有寄成：寄信服務沒有接受',
      unknown: '不確定是否寄出',
      left: '沒有寄：當時不在名單上',
      failed: '沒有寄成：幾次都失敗了',
      cancelled: '沒有寄：這一期取消了寄送',
    },
    said: {
      dead: '信箱不存在或已停用',
      unexplained: '信箱拒收，沒有說明原因',
      blocked: '信箱服務商沒有放行，與你的信箱無關',
      soft: '信箱暫時收不了信',
      complaint: '被檢舉為垃圾郵件',
      'not-spam': '被移出垃圾郵件',
    },
    act: { 'looked up': '編輯查看了這些資料', unsubscribed: '編輯辦理了取消訂閱', erased: '編輯刪除了資料', lifted: '編輯恢復了寄送' },
  },
  en: {
    outcome: {
      complained: 'It arrived, and was reported as spam',
      bounced: 'Your mailbox did not take it',
      blocked: 'Your mail provider did not let it through',
      delivered: 'It arrived',
      delayed: 'On its way: your mailbox has not taken it yet',
      sent: 'It was sent',
      submitted: 'It was sent',
      open: 'Not your turn yet',
      paused: 'Not sent: you were taking a break',
      topic: 'Not sent: none of the topics you chose',
      rejected: 'Not sent: our mail service refused it',
      unknown: 'We do not know whether it was sent',
      left: 'Not sent: you were not on the list then',
      failed: 'Not sent: it failed several times',
      cancelled: 'Not sent: this issue was called off',
    },
    said: {
      dead: 'The mailbox does not exist or is closed',
      unexplained: 'The mailbox refused for good, without a reason',
      blocked: 'The provider did not let it through; your mailbox is not to blame',
      soft: 'The mailbox could not take mail just then',
      complaint: 'Reported as spam',
      'not-spam': 'Taken out of the spam folder',
    },
    act: {
      'looked up': 'an editor looked at this data',
      unsubscribed: 'an editor unsubscribed you',
      erased: 'an editor erased your data',
      lifted: 'an editor had mails sent to you again',
    },
  },
};
