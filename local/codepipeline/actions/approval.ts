import type { ActionProvider } from './provider';

/** Waits until a person answers with PutApprovalResult. */
export const manualApproval: ActionProvider = { category: 'Approval', provider: 'Manual', required: [] };
