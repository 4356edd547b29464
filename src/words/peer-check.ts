/** What the check of peers does, for those who may turn it on. */

export const COMPARED_WORDS =
  'Inkwell compares how many credits a person uses for one kept image with colleagues on like work: same stage, class of model, and client or project. Both sides need 20 kept images.';
export const TOLD_WORDS =
  'A person who needs clearly more hears it first, privately, with tips. Their manager reads it only if it holds for three more weeks. No one is ranked.';
export const WORKS_COUNCIL_WORDS =
  'In some countries, a works council has to agree before people’s work is compared. Check this first.';
