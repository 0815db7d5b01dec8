/* nouns.c - every kind of record that has a list of its own, in the order of the menu. */
#include "domain/account.h"
#include "domain/agreement.h"
#include "domain/audit.h"
#include "domain/bulk.h"
#include "domain/contact.h"
#include "domain/edit.h"
#include "domain/evidence.h"
#include "domain/field.h"
#include "domain/funds.h"
#include "domain/grade.h"
#include "domain/import.h"
#include "domain/investor.h"
#include "domain/lead.h"
#include "domain/party.h"
#include "domain/phase.h"
#include "domain/progress.h"
#include "domain/project.h"
#include "domain/project_code.h"
#include "domain/proposal.h"
#include "domain/talk.h"
#include "domain/view.h"

const struct noun *const nouns[] = {
	&project_noun, &investor_noun, &lead_noun, &contact_noun, &talk_noun, &agreement_noun, &evidence_noun,
	&phase_noun, &party_noun, &project_code_noun, &progress_noun, &funds_noun, &proposal_noun, &import_noun,
	&account_noun, &assignment_noun, &audit_noun, &view_noun, &edit_noun, &bulk_noun, &grade_change_noun,
};
const size_t nouns_n = sizeof nouns / sizeof *nouns;

const struct noun *noun_by_plural(struct str plural) {
	for (size_t i = 0; i < nouns_n; i++)
		if (str_eq(nouns[i]->plural, plural)) return nouns[i];
	return NULL;
}

const struct noun *noun_by_name(struct str name) {
	for (size_t i = 0; i < nouns_n; i++)
		if (str_eq(nouns[i]->name, name)) return nouns[i];
	return NULL;
}
