import type { zh } from './zh'

// English messages; the type keeps the keys equal to the Chinese ones.
type Like<T> = { [K in keyof T]: T[K] extends string ? string : Like<T[K]> }

const texts: Like<typeof zh> = {
  app: { name: 'Zhaoyin', platform: '{city} investment platform' },
  lang: { zh: '中文', en: 'English' },
  common: { yes: 'Yes', no: 'No', none_found: 'Nothing found', pick: 'Type to search', searching: 'Searching', acts: 'Actions', colon: ': ', gap: ' · ', then: ', then ' },
  unit: { label: 'Unit of money', yi: 'CNY 100 m', wan: 'CNY 10 k' },
  qual: { OVER: 'over', ABOUT: 'about', NEARLY: 'nearly', PHASE: 'phase 1' },
  act: { cancel: 'Cancel', close: 'Close', save: 'Save', edit: 'Edit', delete: 'Delete', retry: 'Try again', export: 'Export', import: 'Import', download: 'Download', pick_date: 'Pick a date from the calendar' },
  search: {
    title: 'Search', of: 'Search “{q}”', start: 'Type a name, pinyin, first letters, a code or the end of a telephone number.', all: 'All', kinds: 'Kinds', results: 'Search results', n: '{n} found', enter: 'See all results (Enter)',
    none: 'Nothing found for “{q}”', none_why: 'Try another word, fewer characters, or pinyin. Only records that you may see are searched.', sound: 'Nothing exactly like it; {n} found by sound', near: 'Nothing exactly like it; {n} found with one character different', cut: 'Only the first {n} of each kind are listed; type more to narrow it down.',
    how_pinyin: 'pinyin', how_initials: 'first letters', how_sound: 'same sound', how_near: 'one character off',
  },
  nav: {
    skip: 'Skip to content', menu: 'Menu', main: 'Main menu', tabs: 'Shortcuts', crumbs: 'You are here', search: 'Search names, pinyin, codes, phone ends', today: 'Today {date}', lang: '中文', lang_label: '中文 (switch to Chinese)', lang_choose: 'Language', user: 'Account menu',
    roles: 'Switch role', role_now: 'current', self: 'My account', keys: 'Keys ?', keys_long: 'Keyboard shortcuts', log_out: 'Log out', waiting: '{n} waiting for you', stopped: 'The disk failed and writing has stopped: you can read, but nothing is saved; leave unsaved work on the page. The administrator must repair the disk and restart the server', demo: 'Demo data: units, firms, projects and amounts are invented. Do not enter real information',
    home: 'Workbench', board: 'Board by stage',
    projects: 'Projects', investors: 'Investors', leads: 'Leads', proposals: 'To review', imports: 'Import desk', edits: 'Changes and bin', accounts: 'Users and roles', city: 'City', personal: 'Personal data', security: 'Security', audit: 'Audit',
  },
  tab: { home: 'Home', projects: 'Projects', investors: 'Investors', leads: 'Leads', proposals: 'Review', imports: 'Import', accounts: 'Users', audit: 'Audit', add: 'Add', self: 'Me' },
  new: { projects: 'Add project', investors: 'Add investor', leads: 'Add lead', accounts: 'Add account', talks: 'Add talk', contacts: 'Add contact', agreements: 'Add agreement', phases: 'Add phase', parties: 'Add party', assignments: 'Assign role', progress: 'Report progress', any: 'Add {noun}' },
  view: {
    all: 'All', active: 'In talk or under way', talk: 'In talk', building: 'Under construction', signed_year: 'Signed this year', big: 'CNY 1 bn and more', mine: 'Added by me', officer: 'Mine to serve', unverified: 'Stage not verified', open: 'Open', review: 'County review', verify: 'City verification',
    projects: { all: 'All projects' },
    leads: { open: 'In progress' },
  },
  board: {
    sum: '{n} projects, CNY {sum} × 100 m', sort: 'Order', by0: 'By delay', by1: 'By amount', by2: 'Longest not contacted', list: 'As a list', any: '{what}: all', none: 'No project at this stage', more: '{n} more', late: '{n} days over', day: 'day {n}', yi: '{n}', move: 'Move', move_of: 'Move {name}', move_title: 'Move {name}', move_text: 'It goes to review and verification; the stage changes with the last of them.', propose: 'Propose the move', open: '→ {to}, waits for {act}', proposed: '“{name}” is proposed for {stage}, waiting for {act}', refused: '“{name}” cannot move to {stage}', refused_text: 'The card stays at {stage}.', see: 'See the project and what is missing',
  },
  light: {
    title: 'Light', since: '{cause}, since {date}', since_n: 'since {date}', over: '{n} days over', day_n: '{stage}, day {n}', of: '{n} / {target} days', set: 'Set the light', set_title: 'Set the light: {name}', set_text: 'Only to a worse light. It is written to the history and the audit, and lapses at the next stage.', to: 'Set to', lift: 'Lift what was set by hand', reason: 'Reason', need_reason: 'Say why', done: 'Light set', lifted: 'Lifted', by_hand: 'Set to {light} by hand ({date}): {reason}', dims: 'Dimensions', NO_DATA: 'no data', NOT_DUE: 'not at this stage', ABSENT: 'no such data in the system yet', next_yellow: 'yellow on {date}', next_red: 'red on {date}',
  },
  wb: {
    date: '{weekday} {y}-{m}-{d}, week {week}', day0: 'Sunday', day1: 'Monday', day2: 'Tuesday', day3: 'Wednesday', day4: 'Thursday', day5: 'Friday', day6: 'Saturday', day_off: 'day off', figures: 'Key figures', piece: '', yi: 'CNY {n} × 100 m', scope: '{scope}, as of {date}. Every figure opens the rows that it counts.', no_calendar: 'No holidays of {year} are imported: due days count Monday to Friday.',
    work: 'Work', tab_todo: 'To do', tab_overdue: 'Overdue', tab_waiting: 'Waiting for others', tab_mine: 'Started by me', none_todo: 'Nothing to do', none_overdue: 'Nothing is overdue', none_waiting: 'Nothing waits for others', none_mine: 'You have started nothing yet', none_why: 'New work appears here.', none_role: 'The role {role} has no business data yet; what is given to it appears here.', more: '{what}: {n} more', open: 'Open', act_on: '{act}: {name}', move: '{kind}: {from} → {to}', proposer: 'Proposer', material: 'Material', material_all: 'all {n} are there', material_missing: '{n} missing: {what}', and: ', ', done: '{what}: {name}',
    today: 'today', tomorrow: 'tomorrow', late: '{n} days overdue', reported: '{n} days ago', since: '{n} days', own: 'My projects', none_own: 'No project is assigned to you', stuck: 'Stuck longest', none_stuck: 'No project is past its target days', n: '{n} in all', all: 'All', red_by: 'Red by',
  },
  list: {
    views: 'Views', search: 'Search', search_projects: 'Name, code, investor', search_investors: 'Name, ID number', search_leads: 'Investor, code, subject', search_proposals: 'Project name', search_imports: 'File name', search_accounts: 'Login, name, unit', search_audit: 'Login, object',
    filter: 'Filter', columns: 'Columns', columns_reset: 'Standard columns', sum: 'Total', sum_filtered: 'of the whole filter, {n}', sum_all: 'of all {n}', counting: 'counting', range: '{from}–{to}', of: ' of {n}', read_at: 'read {at}', pages: 'Pages', prev: 'Previous', next: 'Next',
    per_page: 'Rows per page', per_page_n: '{n} per page', total_n: '{n} in all', first_n: 'Only the first {n} are shown', none: 'No {noun} yet', none_filtered: 'No {noun} meets the conditions', none_why: 'Relax or clear the conditions.', none_start: 'What you add appears here.', see_all: 'See all', see_all_n: 'See all ({n})', conditions: 'Conditions', searched: 'search “{q}”',
  },
  views: {
    save: 'Save as view', manage: 'Manage views', what: 'Conditions, search, order and columns are kept together.', name: 'View name', name_of: 'Name of view {name}', share: 'Shared to', share_of: 'Unit that view {name} is shared to', mine_only: 'Only me', share_hint: 'Everybody of the unit finds the view in this list; each still sees only what their own rights show.', replace: 'Update “{name}” instead', need_name: 'Give the view a name', none: 'No view is saved yet. Set conditions, then choose “Save as view”.', by: '{unit} (by {name})', rename: 'Rename', remove: 'Delete', of_another: 'by another',
  },
  bulk: { bar: 'Acts on the chosen rows', picked: '{n} chosen', pick: 'Choose {name}', page: 'Choose the whole page', all: 'Choose all {n}', none: 'Choose none', export: 'Export chosen', act: 'Act on all', title: 'Bulk act on {n} projects', what: 'What to do', choose: 'Choose an act', fields: 'Set a field', moves: 'Propose', set: 'Set {field}', move_ADVANCE: 'Advance to the next stage', move_SUSPEND: 'Suspend', move_RESUME: 'Resume', move_TERMINATE: 'Terminate', need_what: 'Choose what to do first', empty_clears: 'Left empty, the value is cleared.', chain: 'Each project gets its own proposal, which takes effect after review and verification.', check: 'Preview', check_hint: 'The preview shows what will change, what cannot and why; it changes nothing.', checking: 'Checking', running: 'Running', undoing: 'Taking back', of: '{a} of {b}', preview: '{act}: {change} will change, {same} stay the same, {refused} cannot', do: '{act} ({n})', after: '{done} done, {same} unchanged, {failed} not changed', after_undo: '{done} taken back, {kept} kept', row: 'Project', why: 'Reason', undo: 'Take this act back ({n})', done_n: '{n} done' },
  drawer: { of: 'Preview: {name}', open: 'Open', prev: 'Previous row', next: 'Next row' },
  undo: { act: 'Undo', done: 'Taken back', nothing: 'There is no change to take back' },
  changes: {
    lead: 'Changes of the last 30 days can be taken back and deleted records restored; what was changed again later stays', tab_mine: 'My changes', tab_bin: 'Recycle bin', tab_bulk: 'Bulk acts', at: 'Time', record: 'Record', what: 'Change', by: 'Deleted by', act: 'Act', state: 'State', projects_n: '{n} projects', from_to: '{a} to {b}', personal: 'personal data, old value not kept', restore: 'Restore', restored: 'Restored', undo_started: 'Being taken back; each row has its result', days: 'Only the last 30 days can be taken back',
    none_mine: 'No change to take back', none_bin: 'The bin is empty', none_bulk: 'No bulk act', why_mine: 'What you edit appears here.', why_bin: 'Deleted records appear here and can be restored for 30 days.', why_bulk: 'Choose projects in the list, then act on them.',
  },
  filter: {
    of: 'Filter {field}', find: 'Find {field}', asc: 'Ascending', desc: 'Descending', all: 'All', invert: 'Invert', reset: 'Reset', apply: 'Apply', apply_n: 'Apply ({n})', from: 'At least', to: 'At most', has: 'Contains', empty: 'Only without a value', is_empty: 'no value', contains: 'contains “{text}”', between: '{a} to {b}', at_least: 'from {a}', at_most: 'up to {b}',
    n: '{n} values', me: 'me', remove: 'Remove condition: {field}', clear: 'Clear conditions', bad_bound: 'Write the bounds as numbers or as dates like 2024-01-31',
  },
  form: {
    required: 'required', choose: 'Not chosen', more: 'Other', edit: 'Edit {name}', saved: 'Saved', deleted: 'Deleted', missing: '{field} is missing', wrong_n: '{n} fields need a change; nothing was saved', draft_note: 'A draft is kept on this device as you type', draft_at: 'Draft kept at {at}', draft_drop: 'Discard draft',
    delete_title: 'Delete {noun}', delete_act: 'Delete {noun}', delete_text: 'It will no longer be shown; its audit rows stay.',
  },
  parse: {
    number: 'A number is needed here, like 58000', decimals: 'Too many decimals to be kept', large: 'The number is too large', date: 'Write the date like {example}', month: 'There is no such month. Write the date like {example}', time: 'There is no such time. Write it like {example} 09:42', day: 'This month has no such day. Write the date like {example}',
  },
  facts: { more: 'Show {n} empty fields', less: 'Hide empty fields' },
  reveal: { show: 'Show', of: 'Show {field} in full', title: 'Show {field} in full', act: 'Show and record', purpose: 'Purpose', why: 'State the purpose first', text: 'This is personal data. Who saw it, when and why is written to the audit.' },
  conflict: {
    title: 'Not saved: someone changed this {noun} first', version: 'now version {n}', text: 'Your {n} changes are still here. {clash} of them touch a field that the other person changed too: choose one; {free} do not clash and will be saved as well.', field: 'Field', base: 'Original', theirs: 'Theirs', yours: 'Yours', keep: 'Keep', same: 'unchanged', save: 'Save as above', discard: 'Discard my changes', rule: 'Only changes on top of the newest version of a {noun} are saved',
  },
  error: {
    offline: 'The server cannot be reached. Check the network and try again', offline_kept: 'The server cannot be reached; nothing was saved. What you typed is still here', unknown: 'The data could not be read', scope: 'Data scope', as: '{scope} (by your role: {role})', trace: 'Trace code', trace_hint: 'give it to your administrator', rule: 'Rule',
  },
  missing: { title: 'No such page', text: 'The address is wrong, or your role does not see it.', home: 'Go home', address: 'Address' },
  login: {
    role_title: 'Choose a role', role_hint: 'You hold several roles. Choose the one to begin with; it can be switched at the top right', role_act: 'Go on',
    title: 'Log in', login: 'Account', login_hint: 'Login name', password: 'Password', remember: 'Remember my account', act: 'Log in', fill: 'Fill in account and password', ended: 'Your session ended. Log in to return to the page; your drafts are still there.', foot: 'Not a classified system: do not enter or send state secrets', about: 'Notes',
    account_q: 'Account', account_a: 'Ask the system administrator of your unit', lock_q: 'Wrong password', lock_a: 'Repeated failures lock the account for a while', secret_q: 'Password', secret_a: 'Lend it to nobody; log out when you leave', demo: 'Demonstration', demo_text: 'Units, firms, projects and amounts here are invented. Demo accounts and passwords are printed in the terminal that started the program.',
  },
  setup: {
    title: 'First set-up', what: 'Make the first administrator', text: 'The database is new and has no account. Enter the set-up code that the program printed when it started, and make the system administrator.', next: 'The system administrator then makes accounts; the security administrator assigns roles.', code: 'Set-up code', code_hint: 'in the terminal or log of the program', login: 'Login name', name: 'Name', password: 'Password', password_hint: 'at least 12 characters', city: 'City', city_hint: 'Chinese name or 6-digit code of the prefecture', again: 'Password once more', differs: 'The two passwords differ', act: 'Make administrator',
  },
  city: {
    title: 'City', name: 'Name of the city', name_hint: 'stands at the top of every page', name_en: 'English name', name_en_hint: 'for the English pages; without it the Chinese one is shown', code: 'Division', code_hint: 'Chinese name or 6-digit code of a prefecture. It stays once there are records', act: 'Save city settings',
  },
  self: {
    own: 'Contact', own_note: 'How colleagues reach you', phone: 'Telephone', email: 'E-mail', own_now: 'Now: {v}', own_none: 'not given', own_act: 'Save contact', own_empty: 'Neither telephone nor e-mail is filled in. Fill in what is to change, then save',
    title: 'My account', password: 'Change password', old_password: 'Current password', new_password: 'New password', again: 'New password once more', change: 'Change password', changed: 'Password changed; your other sessions ended', others_end: 'All your other sessions end with the change.', is_old: 'Your password is over the age that the city allows. Change it before anything else.', must_change: 'Change your password before you begin.', sessions: 'My sessions', this: 'this one', end: 'End', times: 'since {a}, last used {b}',
  },
  factor: {
    title: 'Second factor', on: 'Enrolled', off: 'Not enrolled', first: 'This role needs a second factor before anything else.', must: 'The city demands a second factor of your account. Have a telephone with an authenticator app (TOTP) at hand.', why: 'Log-in then asks for a code from your telephone beside the password, so a leaked password is not enough.',
    since: 'Enrolled {at}; {n} recovery codes left', enrol: 'Enrol a second factor', codes: 'New recovery codes', remove: 'Remove the second factor', removed: 'The second factor is removed', next: 'Next', confirm: 'Confirm', password_why: 'Your password once more, to show that it is you',
    scan: 'Scan the code with the authenticator on your telephone, or type the secret, then enter the six digits it shows.', qr: 'QR code of the secret', secret: 'Secret', code: 'Code', code_hint: 'Six digits, new every 30 seconds; or a recovery code', login_hint: 'Six digits from your authenticator. Without the telephone, a recovery code',
    codes_text: 'Write down or print these ten recovery codes: they are shown this once. Each lets you in once when the telephone is lost.', codes_kept: 'I have written them down',
  },
  security: {
    title: 'Security', from: 'You come from {remote}', settings: 'Rules of the city', save: 'Save settings', readonly: 'The security administrator changes these.', networks_hint: 'Such as 10.1.0.0/16, 192.168.1.7; empty means anywhere. The trade is not bound', demo_hint: 'Not demanded in a demo city; try it under “My account”',
    counters: 'Intrusion counters', again: 'Refresh', kind: 'Kind', span: 'Last 10 minutes', limit: 'Alarm from', top: 'Most frequent source', top_n: '{a} ({n})', total: 'Since start', over: '■ {n} over the line',
    alarms: 'Alarms', no_alarms: 'No alarms. A counter over its line is kept here, and goes to the log and the metrics.', at: 'Time', events: 'Events', state: 'State', seen: 'Mark as seen', seen_by: 'seen by {name}, {at}', unseen: 'not seen yet',
    live: 'Live sessions', live_n: '{n}', who: 'Account', role: 'Role', where: 'Address', last: 'Last used', end_of: 'End the session of {name}',
  },
  personal: {
    one: 'One person', same: '{n} contacts are this person', export: 'Export a copy', hold: 'Hold from erasure', refuse: 'Note a refusal', erase: 'Erase personal data', release: 'End the hold', held: 'Held from erasure: {reason} (until {until})', open_end: 'it is ended', ended: 'ended',
    export_text: 'For the person who asks to see or have it, with whole numbers. The copy is an audit row.', hold_text: 'For a lawsuit, an audit or a duty to keep. It ends by itself on its day.', refuse_text: 'Why a wish for erasure was not followed, for the answer to the person.', erase_text: 'Clears name, telephone, e-mail, WeChat and ID of this person everywhere and takes the contacts out of lists, bin and search, for good. Projects, statistics and audit digests stay. Free text, files and imported sheets are not included.',
    export_done: 'The copy was exported', hold_done: 'Held from erasure', refuse_done: 'The refusal is noted', erase_done: 'The personal data is erased',
    contacts: 'Contacts of this person', contacts_note: 'Same ID, mobile or WeChat, or same name with same telephone or e-mail', name: 'Name', owner: 'Belongs to', job: 'Title', mobile: 'Mobile', identity: 'Resident ID', requests: 'What was done', no_requests: 'Nothing so far.', what: 'Act', reason: 'Reason', until: 'Until', until_hint: 'Empty: until it is ended', by: 'By', format: 'Format',
    did_EXPORT: 'Copy exported', did_ERASE: 'Erased', did_HOLD: 'Held', did_REFUSE: 'Refused',
    find: 'Find a person', find_hint: 'Name, last digits of a mobile', find_act: 'Find', none: 'No contact was found. Try a name or the last four digits of a mobile.', register: 'Register of personal data', register_note: 'Purpose, basis and retention of each field', record: 'Record', field: 'Field', purpose: 'Purpose', basis: 'Basis', keep: 'Kept', stored: 'Stored', sealed: 'encrypted', plain: 'masked on screen',
  },
  leave: { title: 'Unsaved drafts', text: '{n} drafts on this device are not saved. Kept, they are here when the same account logs in again in this window; nobody else sees them.', keep: 'Keep drafts and log out', drop: 'Delete drafts and log out' },
  keys: { title: 'Keyboard shortcuts', search: 'search', help: 'this list', new: 'new record', edit: 'edit', rows: 'row down, row up', pick: 'choose the row', open: 'open', preview: 'preview', filter: 'filter the focused column, or choose one', move: 'propose the next stage', undo: 'undo what was just done', turn: 'previous, next page or record', save: 'save or submit', close: 'close, back to the opener', go: 'go to {page}', off: 'Switch single keys off' },
  account: {
    factor: 'Reset second factor', factor_text: 'For somebody who lost both telephone and recovery codes: the factor is taken away and all sessions end. Make sure first that it is that person.', factor_done: 'The second factor is reset', reset: 'Reset password', unlock: 'Unlock', end: 'End its sessions', close: 'Close account', reset_text: 'The old password ends to work and all sessions of the account end. The new password is shown once.', close_text: 'It can no longer log in and all its roles are taken back. Its audit rows stay.', unlocked: 'Unlocked', ended: 'Its sessions have ended', closed: 'Account closed', take_back: 'Take back', taken_back: 'Role taken back',
    once_title: 'One-time password', once_text: 'It is shown only now. Hand it over in person or by a safe way; it must be changed at the first log-in.', copy: 'Copy', copied: 'Copied',
  },
  many: { talks: 'Talks', agreements: 'Agreements', evidence: 'Evidence', phases: 'Phases', 'project-codes': 'National codes', progress: 'Progress', funds: 'Funds', contacts: 'Contacts', parties: 'Parties', assignments: 'Roles', projects_of: 'Projects it takes part in' },
  audit: { verify: 'Verify the chain', ok: 'The audit chain is whole, {n} rows', broken: 'The audit chain is broken at row {n}', head: 'head' },
  way: { title: 'Stages', since: 'since {from}', from_to: '{from} to {to}', plan: 'planned {date}', no_date: 'date unknown', of: '/ {n} days', days: 'days', over: 'late', over_n: '{n} over', late: 'Red: {stage} late by {n} days', unverified: 'not verified' },
  gate: { ready: 'All is there for “{stage}”', missing: '“{stage}” still needs {n}', have: '{a} of {b} are there', ok: 'There', open: 'Open', then: 'Then', upload: 'Upload', upload_of: 'Upload: {what}', rule: 'Number of the rule' },
  prop: {
    open: '{what}: waits for {act}', ended: '{what}: {state}', advance_to: 'Advance to {stage}', event_date: 'Event date', reason: 'Explanation', waiting: 'waiting', comment: 'Comment', say_why: 'Say why it is returned, so that the proposer knows what to change',
    review: 'Approve', verify: 'Verify', return: 'Return', withdraw: 'Withdraw',
    title_review: 'Review: {what}', title_verify: 'Verify: {what}', title_return: 'Return: {what}', title_withdraw: 'Withdraw: {what}',
    effect_review: 'It then goes on to verification; the stage does not change yet.', effect_verify: 'It takes effect at once and counts in the statistics.', effect_withdraw: 'You can mend and propose it again.',
    done_review: 'Reviewed', done_verify: 'Verified; the stage has changed', done_return: 'Returned', done_withdraw: 'Withdrawn',
  },
  propose: {
    advance: 'Advance to {stage}', title_ADVANCE: 'Advance to {stage}', text_ADVANCE: 'It then passes: {chain}. The stage changes with the last verification.', sent: 'Proposed, waiting for review', to: 'Target stage', two: 'Two stages at once need the documents of both.', via_date: '{stage} on', date: 'Event date', date_hint: 'the day it happened, not the day of entry', code: 'Reason', reason: 'Explanation', region: 'To unit', project: 'Merge into', missing: '{n} still missing', refused: 'Cannot be proposed',
    need_date: 'Fill in the event date', need_code: 'Choose a reason', need_reason: 'Describe the case', need_region: 'Choose the unit', need_project: 'Choose the project',
    act_SUSPEND: 'Suspend project', act_RESUME: 'Resume project', act_TERMINATE: 'Terminate project', act_TRANSFER: 'Transfer project', act_MERGE: 'Merge project', act_CONFIRM: 'Confirm imported dates', act_CORRECTION: 'Correct the stage', act_UNMERGE: 'Undo merge',
    title_SUSPEND: 'Suspend project', title_RESUME: 'Resume project', title_TERMINATE: 'Terminate project', title_TRANSFER: 'Transfer to another unit', title_MERGE: 'Merge a duplicate', title_CONFIRM: 'Confirm imported dates', title_CORRECTION: 'Correct the stage', title_UNMERGE: 'Undo the merge',
    text_SUSPEND: 'Once verified, the clock stops and the project no longer counts as under way. Its quota stays.', text_RESUME: 'Once verified, the clock runs again.', text_TERMINATE: 'Once verified, the project leaves the pipeline for good; new talks need a new project. The signing stays in its month.', text_TRANSFER: 'Once verified, the project belongs to the other unit; its code stays.', text_MERGE: 'Once verified, this project points to the other one and counts no more.', text_CONFIRM: 'Imported stage dates then count in the statistics.', text_CORRECTION: 'Back to an earlier stage. Figures of frozen months do not move; the correction counts in the open month.', text_UNMERGE: 'Once verified, it is a project of its own again.',
  },
  upload: { title: 'Upload evidence', title_of: 'Upload: {what}', act: 'Upload', choose: 'Choose file', other: 'Another file', drop: 'Drop a file here, or', hint: 'PDF, pictures, Office files up to {max}. The type is found from the content.', photo: 'Leave time and position empty where the picture has them.', large: 'The file has {size}, more than {max}. Compress or split it', none: 'No file chosen yet', done: 'Uploaded {name}' },
  evidence: { none: 'No evidence yet', verify: 'Verify', reject: 'Reject', verified: 'Verified', rejected: 'Marked as rejected' },
  project: { more: 'More', records: 'Records of the project', tab_facts: 'All fields', tab_history: 'History', parties: 'Parties', history: 'History', history_all: 'All', share: 'share {p}%', funds_rate: '{p}% in place', next_stage: '{stage} expected', as_planned: 'as planned', copy: 'Copy the code', copied: 'Code copied' },
  history: { refused: 'refused', to: 'to', and_n: ' and more, {n} in all', none: 'Nothing yet', more: 'Earlier' },
  rowkind: { more: 'Continued', title: 'Title', unit: 'Unit', header: 'Header', section: 'Section', data: 'Data', total: 'Total', note: 'Note', blank: 'Blank', summary: 'Summary', bad: 'Wrong' },
  rowkind_hint: { more: 'same project as above', title: 'not imported', unit: 'gives the unit', header: 'column names', section: 'kept as section', data: 'one project', total: 'only compared', note: 'not imported', blank: 'not imported' },
  sheetkind: { hidden: 'Hidden', skipped: 'Skipped', projects: 'Projects', summary: 'Summary', empty: 'Empty' },
  sheetkind_text: { hidden: 'This sheet is hidden and is not imported unless you want it.', skipped: 'You chose to leave this sheet out.', summary: 'This sheet has no project names. It is a summary and is not imported as projects.', empty: 'This sheet is empty.' },
  basis: { like: 'similar heading', heading: 'heading', memory: 'last time', content: 'content', none: 'open', user: 'your choice' },
  result: { NEW: 'New', UPDATE: 'Update', SAME: 'Unchanged', CONFLICT: 'Conflict', DUPLICATE: 'Maybe duplicate', ERROR: 'Wrong' },
  result_hint: { NEW: 'projects to be made', UPDATE: 'by code or name', SAME: 'not written', CONFLICT: 'stored value by default', DUPLICATE: 'flagged and kept', ERROR: 'not written, in the marked file' },
  choice: { write: 'Write', skip: 'Skip', mine: 'Keep stored', theirs: 'Use sheet', refused: 'not written' },
  job: { RUNNING: 'running', DONE: 'done', FAILED: 'failed', CANCELLED: 'cancelled', cancel: 'Cancel', cancelled_text: 'Cancelled; nothing was written', count: '{a} / {b} rows', rate: 'about {n} rows a second, some {s} s to go', leaves: 'A cancel now leaves no data behind. You may leave this page; the job goes on.' },
  target: { investor_origin: 'Origin of the investor', contact_email: 'E-mail', project_code: 'National project code', seq: 'Number', province: 'Province', city: 'City', investor_uscc: 'Credit code of the investor', contact_name: 'Contact', contact_phone: 'Telephone' },
  import: { only_here: 'For imports only', need_region: 'Choose first whose list this is', hidden_import: 'Import', hidden_skip: 'Skip', rows_n: '{n} rows', unanswered: 'Open', answer_above: 'Choose the field of this column in the table above', problems_more: 'and {n} rows more; each is shown in the comparison', sheet_no_name: 'Sheet 1',
    title: 'Import: {name}', lead: 'Upload the list you keep as it is, compare, then write', steps: 'Steps of the import', step_upload: 'Upload', step_recognise: 'Recognise', step_map: 'Map fields', step_compare: 'Compare', step_write: 'Write', step_done: 'done', upload: 'Upload a file', drop: 'Drop the list here, or', choose: 'Choose file', reading: 'is being read', refused: '{name} was not imported',
    region: 'List of', hint: 'XLSX, CSV or TSV up to {max}. Leave the headings as they are: merged titles, totals and notes are recognised.', wide: 'An import is compared column by column: do it on a wide screen. Only the results are shown here.',
    sheets: 'Sheets', sheet_n: 'sheet {a}/{b}', grid: 'Recognised table', grid_hint: 'Tint and word say what a row was taken for; press the word to change it', row: 'Row', row_n: 'row {n}', kind: 'Kind', kind_of: 'Row {row}: {kind}', kind_set: 'Row {row} is', legend: 'Legend', legend_note: '{n} rows not imported (titles, units, totals, notes)', legend_section: '{n} sections', legend_data: '{n} data rows', legend_total: 'totals: only compared', legend_bad: '{n} rows wrong or in doubt',
    found: 'What was found', header_rows: 'Header', data_rows: 'Data rows', section_rows: 'Section rows', skipped_rows: 'Rows not imported', invest: 'Sum of investment', qualified: 'Not exact', qualified_n: '{n} rows ({words}), CNY {sum} x 100 m, not in the sum', use: 'This sheet', use_sheet: 'Import this sheet',
    map: 'Fields', map_n: '{n} columns, {open} to confirm', column: 'Column', field: 'Field', unit: 'Unit', basis: 'From', confirm: 'confirm', no_heading: '(no heading)', field_of: 'Field of {column}', unit_of: 'Unit of {column}', skip_column: 'Do not import', no_unit: 'open', key: 'Existing projects', key_none: 'make all new, update none', key_code: 'the same project code', key_name: 'the same project name', save_mapping: 'Remember this mapping for next time', still_open: '{n} still to confirm; otherwise they are read as shown.',
    total_equal: 'The total agrees with the rows', total_differs: 'The total does not agree with the rows', total_text: 'Row {row} “{label}” states {stated} x CNY 100 m, the rows add to {rows}, difference {diff}', total_check: 'Total check', total_stated: 'CNY 100 m; stated {n}',
    next_map: 'Next: map fields', next_compare: 'Next: compare', write_n: 'Write {n} rows', back: 'Back', dropped: 'Import cancelled; the projects are as they were', cancelled_text: 'This import was cancelled and nothing was written. Upload the file again to import it', fixes_n: '{n} corrections by hand on this sheet', fixes_reset: 'Undo all of them', fix_reset: 'Undo correction', fix_reset_of: '{column}: undo the correction', drop_it: 'Cancel import', drop_title: 'Cancel this import', drop_act: 'Cancel import', drop_text: 'The dry run is deleted and the batch is marked as cancelled. The projects are as they were.', tab_all: 'All', tab_todo: 'To decide', tab_write: 'To write', tab_none: 'No rows here', marked: 'Download the marked file', marked_n: 'Download marked sheet {n}',
    result: 'Result', project: 'Project', stored_value: 'Stored', sheet_value: 'Sheet', note: 'Note', choice: 'Choice', choice_of: 'Choice for row {row}', all_fields: 'all {n} fields', alike: '{p}% like “{name}” ({where})', stored: 'stored', more_rows: 'More rows', before_write: 'Versions are checked once more before writing. The whole import can be rolled back; evidence, talks and files are not touched. The {n} wrong rows are not written: mend and upload only these.',
    written: 'Written', result_written: 'Result', written_text: 'The result of each row is below. Imported stage dates are not verified; they count once a verifier confirms them.', see_projects: 'See the projects', confirm_dates: 'Confirm imported dates', confirmed: 'Dates of {n} projects confirmed', roll_back: 'Roll back', roll_title: 'Roll back the whole import', roll_text: 'The {n} projects it made are deleted, updated fields get their old values. Projects changed since cannot be rolled back and are listed.', rolled_back: 'Rolled back', result_rolled: 'Rolled back', rolled_text: 'The projects of this import were deleted and the updated fields restored.', to_desk: 'Back to the desk',
  },
}

export const en = texts as unknown as typeof zh
