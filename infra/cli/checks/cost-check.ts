import { costOfLastMonth } from '../deployment/actual-cost.ts';
import { good, note } from '../frame/cli-finding.ts';
import type { Check } from './check.ts';

export const checkCost: Check = async (patient) => {
  const cost = await costOfLastMonth(patient, patient.context.now());
  if (cost === 'blind') return [note('cost_blind', {})];
  return [good('cost_last_month', { month: cost.month, dollars: cost.dollars })];
};
