import { Settings } from '../../functions/settings/settings.ts';

export const sampleSettings = (over: Partial<Settings> = {}) =>
  Settings.parse({
    newsletterName: '阳台菜园',
    sender: { name: '阳台菜园', address: 'weekly@news.example.org' },
    confirmationSender: { name: '阳台菜园', address: 'hello@confirm.example.org' },
    replyTo: 'editors@example.org',
    legalName: '示例出版有限公司',
    postalAddress: '北京市海淀区示例路 1 号',
    contact: 'contact@example.org',
    privacyNotice: 'https://example.org/privacy',
    ...over,
  });
