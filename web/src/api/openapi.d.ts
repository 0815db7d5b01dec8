// Made by tools/types.mjs from what the server says of itself (zhaoyin openapi): npm run types.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Status: {
            city: string;
            version: string;
            today: string;
            is_demo: boolean;
            is_writable: boolean;
            needs_setup: boolean;
            max_upload_bytes: number;
        };
        Session: {
            account: components["schemas"]["Self"];
            assignment: components["schemas"]["Held"] | null;
            assignments: components["schemas"]["Held"][];
            /** @enum {string} */
            clearance: "OPEN" | "INTERNAL" | "SEALED";
            rights: {
                [key: string]: string;
            };
            draft_key: string | null;
        };
        Self: {
            id: number;
            login: string;
            name: string;
            phone: string | null;
            email: string | null;
            row_version: number;
            must_change_password: boolean;
            is_password_old: boolean;
            must_enrol: boolean;
        };
        Held: {
            id: number;
            /** @enum {string} */
            role: "SYS_ADMIN" | "SEC_ADMIN" | "LOG_ADMIN" | "CITY_LEADER" | "CITY_STAFF" | "CITY_VERIFIER" | "CITY_FACTOR" | "CITY_POLICY" | "CITY_AUDITOR" | "COUNTY_LEADER" | "COUNTY_STAFF" | "COUNTY_REVIEWER" | "PARK_STAFF" | "SERVICE_OFFICER" | "DEPT_HANDLER" | "PARTNER" | "ENTERPRISE" | "PUBLIC";
            role_label: string;
            scope: string;
            scope_label: string | null;
            unit_name: string | null;
        };
        Schema: {
            nouns: components["schemas"]["Noun"][];
            groups: components["schemas"]["Coded"][];
            stages: components["schemas"]["Stage"][];
            reasons: components["schemas"]["Coded"][];
            kinds: components["schemas"]["Coded"][];
        };
        Coded: {
            code: string;
            label: string;
        };
        Noun: {
            name: string;
            plural: string;
            label: string;
            title_field: string;
            rights: string;
            order: string;
            fields: components["schemas"]["Field"][];
        };
        Field: {
            name: string;
            label: string;
            /** @enum {string} */
            type: "text" | "long" | "code" | "uscc" | "phone" | "email" | "resident_id" | "region" | "industry" | "tags" | "month" | "date" | "enum" | "bool" | "int" | "ref" | "at" | "fen" | "mu_e2" | "tce_e2" | "kg" | "m3" | "m2" | "permille" | "minor" | "rate_e6" | "degree_e6" | "bytes" | "days";
            unit: string | null;
            digits: number;
            group: string;
            required: boolean;
            final: boolean;
            list: boolean;
            filter: boolean;
            sort: boolean;
            sum: boolean;
            search: boolean;
            form: boolean;
            import: boolean;
            personal: boolean;
            bulk: boolean;
            readonly: boolean;
            max: number;
            ref: string | null;
            pick: string | null;
            preset: string | null;
            choices: components["schemas"]["Coded"][];
        };
        Stage: {
            /** @enum {string} */
            code: "LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED";
            label: string;
            target_days: number;
        };
        OwnSessions: {
            items: components["schemas"]["OwnSession"][];
        };
        OwnSession: {
            id: number;
            created_at_ms: number;
            seen_at_ms: number;
            remote: string | null;
            user_agent: string | null;
            role: string | null;
            is_current: boolean;
        };
        Light: {
            /** @enum {string} */
            code: "GREEN" | "YELLOW" | "RED" | "GREY";
            label: string;
            cause: ("STAGE" | "START" | "PROGRESS" | "STATISTICS" | "CONTACT" | "MANUAL" | "SUSPENDED") | null;
            cause_label: string | null;
            since_date: string | null;
            manual: ("GREEN" | "YELLOW" | "RED" | "GREY") | null;
            manual_label: string | null;
            manual_date: string | null;
            manual_reason: string | null;
            stage_days: number | null;
            target_days: number | null;
            over_days: number | null;
            can_set: boolean;
            dimensions?: components["schemas"]["Dimension"][];
        };
        Dimension: {
            code: string;
            label: string;
            /** @enum {string} */
            state: "KNOWN" | "NO_DATA" | "NOT_DUE" | "ABSENT";
            light: ("GREEN" | "YELLOW" | "RED" | "GREY") | null;
            light_label: string | null;
            since_date: string | null;
            yellow_date: string | null;
            red_date: string | null;
        };
        History: {
            items: components["schemas"]["HistoryItem"][];
            next: string | null;
        };
        HistoryItem: {
            id: number;
            at_ms: number;
            name: string | null;
            role_label: string;
            action: string;
            action_label: string;
            object: string;
            object_label: string;
            /** @enum {string} */
            outcome: "DONE" | "REFUSED" | "FAILED";
            changes: components["schemas"]["Change"][];
        };
        Change: {
            field: string;
            label: string;
            unit?: string | null;
            before: string | number | boolean | null;
            after: string | number | boolean | null;
        };
        ImportRows: {
            items: components["schemas"]["ImportRow"][];
            counts: {
                [key: string]: number;
            };
            next: string | null;
        };
        ImportRow: {
            id: number;
            row: number;
            sheet: string | number | boolean | null;
            /** @enum {string} */
            result: "NEW" | "UPDATE" | "SAME" | "CONFLICT" | "ERROR" | "DUPLICATE";
            project_id: number | null;
            name: string | null;
            changes: components["schemas"]["Change"][];
            conflicts: components["schemas"]["RowConflict"][];
            problems: components["schemas"]["RowProblem"][];
            duplicates: components["schemas"]["Duplicate"][];
            choice: string | null;
            is_written: boolean;
        };
        RowConflict: {
            field: string;
            label: string;
            unit: string | null;
            base: string | null;
            stored: string | null;
            file: string | null;
            with: string | null;
            /** @enum {string} */
            choice: "file" | "stored";
        };
        RowProblem: {
            field: string | null;
            label: string | null;
            code: string;
            is_warning: boolean;
            message: string;
        };
        Duplicate: {
            project_id: number | null;
            row: number | null;
            name: string;
            score_permille: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
            errors?: components["schemas"]["FieldError"][];
            conflicts?: components["schemas"]["Conflict"][];
            current?: {
                [key: string]: string | number | boolean | null;
            };
        };
        FieldError: {
            field: string | null;
            label?: string | null;
            code: string;
            message: string;
        };
        Conflict: {
            field: string;
            label: string;
            base: string | number | boolean | null;
            theirs: string | number | boolean | null;
            yours: string | number | boolean | null;
        };
        Values: {
            items: components["schemas"]["Value"][];
        };
        Value: {
            value: string | number | boolean | null;
            label: string | null;
            n: number;
        };
        City: {
            code: string;
            division: string;
            name: string;
            name_en: string | null;
        };
        Officers: {
            items: components["schemas"]["Officer"][];
        };
        Officer: {
            id: number;
            name: string;
            unit_name: string | null;
            phone: string | null;
            role_label: string;
            scope: string;
            scope_label: string | null;
        };
        Regions: {
            items: components["schemas"]["Region"][];
        };
        Region: {
            code: string;
            name: string;
            name_en: string | null;
            level: string;
            parent: string | null;
            is_unit: boolean;
        };
        Industries: {
            items: components["schemas"]["Industry"][];
        };
        Industry: {
            code: string;
            name: string;
            level: string;
            path: string;
        };
        Roles: {
            items: components["schemas"]["Role"][];
        };
        Role: {
            /** @enum {string} */
            code: "SYS_ADMIN" | "SEC_ADMIN" | "LOG_ADMIN" | "CITY_LEADER" | "CITY_STAFF" | "CITY_VERIFIER" | "CITY_FACTOR" | "CITY_POLICY" | "CITY_AUDITOR" | "COUNTY_LEADER" | "COUNTY_STAFF" | "COUNTY_REVIEWER" | "PARK_STAFF" | "SERVICE_OFFICER" | "DEPT_HANDLER" | "PARTNER" | "ENTERPRISE" | "PUBLIC";
            label: string;
            needs_subject: boolean;
            scope_level: number;
        };
        OneTimePassword: {
            id: number;
            one_time_password: string;
        };
        Way: {
            project_id: number;
            /** @enum {string} */
            stage: "LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED";
            /** @enum {string} */
            side: "ACTIVE" | "SUSPENDED" | "TERMINATED" | "MERGED";
            side_label: string;
            is_stage_verified: boolean;
            row_version: number;
            funds_fen: number | null;
            light?: components["schemas"]["Light"] | null;
            stages: components["schemas"]["WayStage"][];
            next?: components["schemas"]["WayNext"] | null;
            proposal?: components["schemas"]["WayProposal"] | null;
            last?: components["schemas"]["WayProposal"] | null;
            can: components["schemas"]["WayCan"];
        };
        WayStage: {
            /** @enum {string} */
            code: "LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED";
            label: string;
            /** @enum {string} */
            state: "done" | "now" | "to_come";
            from_date: string | null;
            to_date: string | null;
            plan_date: string | null;
            days: number | null;
            target_days: number | null;
            over_days: number | null;
            is_verified: boolean;
        };
        WayNext: {
            /** @enum {string} */
            code: "LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED";
            label: string;
            ready: boolean;
            missing: number;
            items: components["schemas"]["GateItem"][];
            chain: components["schemas"]["ChainLink"][];
        };
        GateItem: {
            code: string;
            label: string;
            rule: string;
            ok: boolean;
            have: string | null;
            remedy: string;
            evidence_kind: string | null;
        };
        ChainLink: {
            /** @enum {string} */
            act: "PROPOSE" | "REVIEW" | "VERIFY" | "RETURN" | "WITHDRAW";
            label: string;
            /** @enum {string} */
            role: "SYS_ADMIN" | "SEC_ADMIN" | "LOG_ADMIN" | "CITY_LEADER" | "CITY_STAFF" | "CITY_VERIFIER" | "CITY_FACTOR" | "CITY_POLICY" | "CITY_AUDITOR" | "COUNTY_LEADER" | "COUNTY_STAFF" | "COUNTY_REVIEWER" | "PARK_STAFF" | "SERVICE_OFFICER" | "DEPT_HANDLER" | "PARTNER" | "ENTERPRISE" | "PUBLIC";
        };
        WayProposal: {
            id: number;
            /** @enum {string} */
            kind: "ADVANCE" | "CORRECTION" | "SUSPEND" | "RESUME" | "TERMINATE" | "MERGE" | "UNMERGE" | "TRANSFER" | "CONFIRM";
            kind_label: string;
            to_stage: ("LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED") | null;
            to_label: string | null;
            event_date: string | null;
            via_date: string | null;
            due_date: string | null;
            reason: string | null;
            reason_label: string | null;
            state: string;
            next_act: string | null;
            next_act_label: string | null;
            row_version: number;
            proposer_name: string | null;
            created_at_ms: number;
            steps: components["schemas"]["WayStep"][];
            can: components["schemas"]["ProposalCan"];
            cannot_reason: string | null;
        };
        WayCan: {
            edit: boolean;
            advance: boolean;
            suspend: boolean;
            resume: boolean;
            terminate: boolean;
            correct: boolean;
            transfer: boolean;
            merge: boolean;
            unmerge: boolean;
            confirm: boolean;
        };
        ProposalCan: {
            review: boolean;
            verify: boolean;
            return: boolean;
            withdraw: boolean;
        };
        WayStep: {
            /** @enum {string} */
            act: "PROPOSE" | "REVIEW" | "VERIFY" | "RETURN" | "WITHDRAW";
            label: string;
            name: string | null;
            role_label: string | null;
            at_ms: number;
            comment: string | null;
        };
        Plan: {
            key?: string;
            file: string;
            encoding: string | null;
            sheets: components["schemas"]["PlanSheet"][];
        };
        PlanSheet: {
            sheet: string | null;
            kind: string;
            header_rows: number[];
            first_data_row: number | null;
            columns: components["schemas"]["PlanColumn"][];
            rows: components["schemas"]["PlanRow"][];
            data_rows: number;
            section_rows: number;
            skipped_rows: number;
            nameless_rows: number;
            problem_rows: number;
            invest_fen: number;
            qualified: components["schemas"]["Qualified"];
            foreign: components["schemas"]["Foreign"][];
            totals: components["schemas"]["PlanTotal"][];
            questions: components["schemas"]["PlanQuestion"][];
        };
        Qualified: {
            count: number;
            invest_fen: number;
            words: string[];
        };
        Foreign: {
            currency: string;
            count: number;
            minor: number;
        };
        PlanColumn: {
            col: number;
            letter: string;
            heading: string | null;
            upper: string | null;
            field: string | null;
            unit: string | null;
            unit_basis: string;
            basis: string;
            is_open: boolean;
            choices: string[];
        };
        PlanRow: {
            row: number;
            kind: string;
            cells: (string | null)[];
            problems: components["schemas"]["PlanProblem"][];
        };
        PlanProblem: {
            col: number;
            field: string | null;
            code: string;
            is_warning: boolean;
            message: string;
        };
        PlanTotal: {
            row: number;
            label: string | null;
            stated_fen: number;
            rows_fen: number;
            difference_fen: number;
            is_equal: boolean;
        };
        PlanQuestion: {
            code: string;
            col: number;
            arg: string | null;
            rows: number;
            is_blocking: boolean;
            message: string;
            choices: components["schemas"]["Choice"][];
        };
        Choice: {
            value: string;
            label: string;
        };
        Jobs: {
            items: components["schemas"]["Job"][];
        };
        Job: {
            id: number;
            kind: string;
            object_id: number | null;
            /** @enum {string} */
            state: "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
            done_n: number;
            total_n: number;
            message: string | null;
            failure?: components["schemas"]["JobFailure"] | null;
            started_at_ms: number;
            ended_at_ms: number | null;
            has_file?: boolean;
        };
        JobFailure: {
            code: string;
            field: string | null;
            rule: string | null;
            args: string[];
        };
        JobStarted: {
            job_id: number;
        };
        AuditProof: {
            is_ok: boolean;
            rows: number;
            broken_at: number | null;
            head: string;
            why: string | null;
        };
        AuditHead: {
            head: string;
            rows: number;
        };
        Record: {
            id: number;
            row_version?: number;
        } & {
            [key: string]: string | number | boolean | null;
        };
        Records: {
            items: components["schemas"]["Record"][];
            next: string | null;
        };
        Revealed: {
            value: string | null;
        };
        Board: {
            n: number;
            sum_fen: number;
            columns: components["schemas"]["BoardColumn"][];
            proposals: components["schemas"]["Records"];
        };
        BoardColumn: {
            /** @enum {string} */
            stage: "LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED";
            label: string;
            target_days: number;
            n: number;
            sum_fen: number;
            items: components["schemas"]["Record"][];
            next: string | null;
        };
        Workbench: {
            today: string;
            is_work_day: boolean;
            has_calendar: boolean;
            figures: components["schemas"]["Figure"][];
            tabs: components["schemas"]["WorkTab"][];
            stuck: components["schemas"]["WorkProjects"] | null;
            mine?: components["schemas"]["WorkProjects"] | null;
        };
        Figure: {
            label: string;
            plural: string;
            query: string;
            n: number;
            also_label: string | null;
            also_n: number | null;
            sum_fen: number | null;
        };
        WorkTab: {
            /** @enum {string} */
            code: "todo" | "overdue" | "waiting" | "mine";
            sections: components["schemas"]["WorkSection"][];
            n: number;
        };
        WorkSection: {
            code: string;
            label: string;
            plural: string;
            query: string;
            n: number;
            items: components["schemas"]["Record"][];
            next: string | null;
        };
        WorkProjects: {
            query: string;
            n: number;
            causes?: components["schemas"]["CauseCount"][];
            items: components["schemas"]["Record"][];
            next: string | null;
        };
        CauseCount: {
            /** @enum {string} */
            code: "STAGE" | "START" | "PROGRESS" | "STATISTICS" | "CONTACT" | "MANUAL" | "SUSPENDED";
            label: string;
            n: number;
        };
        Calendar: {
            year: number;
            days: components["schemas"]["WorkDay"][];
            source: string | null;
        };
        WorkDay: {
            date: string;
            is_work: boolean;
            name: string | null;
        };
        Notices: {
            items: components["schemas"]["Notice"][];
            unread: number;
            overdue: number;
        };
        Notice: {
            id: number;
            kind: string;
            label: string;
            project_id: number | null;
            object_id: number | null;
            name: string | null;
            detail: string | null;
            at_ms: number;
            is_read: boolean;
        };
        LightSet: {
            row_version: number;
            light: components["schemas"]["Light"] | null;
        };
        Found: {
            tried: ("exact" | "pinyin" | "initials" | "sound" | "near")[];
            hits: components["schemas"]["Hit"][];
            kinds: components["schemas"]["HitKind"][];
        };
        Hit: {
            kind: string;
            id: number;
            name: string;
            /** @enum {string} */
            how: "exact" | "pinyin" | "initials" | "sound" | "near";
            info: string | null;
            phone: string | null;
            parent_kind: string | null;
            parent_id: number | null;
            parent: string | null;
            field: string | null;
            field_label: string | null;
            text: string | null;
            mark: number[] | null;
        };
        HitKind: {
            kind: string;
            label: string;
            n: number;
            has_more: boolean;
        };
        BulkStarted: {
            bulk_id: number;
            job_id: number;
        };
        BulkRows: {
            items: components["schemas"]["BulkRow"][];
            next: string | null;
            counts: {
                [key: string]: number;
            };
        };
        BulkRow: {
            id: number;
            project_id: number;
            name: string;
            result: string;
            problems: components["schemas"]["BulkProblem"][];
        };
        BulkProblem: {
            field: string;
            code: string;
            message: string;
        };
        Confirmed: {
            confirmed: number;
        };
        NamedPersons: {
            items: components["schemas"]["NamedPerson"][];
        };
        NamedPerson: {
            account_id: number;
            login: string;
            name: string;
            unit_name: string | null;
            is_cleared: boolean;
        };
        Register: {
            items: components["schemas"]["RegisterEntry"][];
        };
        RegisterEntry: {
            noun: string;
            noun_label: string;
            field: string;
            label: string;
            is_required: boolean;
            is_sealed: boolean;
            purpose: string;
            basis: string;
            keep: string;
        };
        Person: {
            contacts: components["schemas"]["Record"][];
            hold: components["schemas"]["Hold"] | null;
            requests: components["schemas"]["PersonRequest"][];
        };
        Hold: {
            reason: string;
            until_date: string | null;
        };
        PersonRequest: {
            id: number;
            kind: string;
            reason: string | null;
            until_date: string | null;
            contacts_n: number;
            at_ms: number;
            ended_at_ms: number | null;
            by: string | null;
        };
        Erased: {
            erased_n: number;
        };
        Factor: {
            is_enrolled: boolean;
            is_required: boolean;
            since_at_ms: number | null;
            recovery_left: number;
        };
        FactorBegun: {
            secret: string;
            uri: string;
            qr: components["schemas"]["Qr"] | null;
        };
        Qr: {
            size: number;
            path: string;
        };
        RecoveryCodes: {
            recovery_codes: string[];
        };
        Policy: {
            items: components["schemas"]["Setting"][];
            remote: string;
        };
        Setting: {
            key: string;
            label: string;
            value: string;
            is_number: boolean;
            choices: components["schemas"]["Coded"][];
        };
        LiveSessions: {
            items: components["schemas"]["LiveSession"][];
        };
        LiveSession: {
            account_id: number;
            role_label: string | null;
            login: string;
            name: string;
            id: number;
            created_at_ms: number;
            seen_at_ms: number;
            remote: string | null;
            user_agent: string | null;
            role: string | null;
            is_current: boolean;
        };
        Watch: {
            counters: components["schemas"]["Counter"][];
            alarms: components["schemas"]["Alarm"][];
        };
        Counter: {
            /** @enum {string} */
            kind: "LOGIN" | "REFUSED" | "ODD";
            label: string;
            total: number;
            span_n: number;
            limit_n: number;
            top_remote: string | null;
            top_n: number;
            minutes: number[];
        };
        Alarm: {
            id: number;
            /** @enum {string} */
            kind: "LOGIN" | "REFUSED" | "ODD";
            label: string;
            at_ms: number;
            events_n: number;
            span_ms: number;
            remote: string | null;
            seen_at_ms: number | null;
            seen_by: string | null;
        };
        Description: {
            openapi: string;
            info: {
                [key: string]: unknown;
            };
            servers: {
                [key: string]: unknown;
            }[];
            security: {
                [key: string]: unknown;
            }[];
            paths: {
                [key: string]: unknown;
            };
            components: {
                [key: string]: unknown;
            };
        };
        SetupBody: {
            code?: string | null;
            login: string;
            name: string;
            password: string;
            unit_name?: string | null;
            city: string;
        };
        LoginBody: {
            login: string;
            password: string;
            code?: string | null;
        };
        SwitchBody: {
            assignment_id: number;
        };
        PasswordsBody: {
            old_password: string;
            new_password: string;
        };
        OwnBody: {
            phone?: string | null;
            email?: string | null;
        };
        PasswordBody: {
            password: string;
        };
        CodeBody: {
            code: string;
        };
        FactorRemoveBody: {
            password: string;
            code: string;
        };
        CalendarBody: {
            csv: string;
            source: string;
        };
        ReadBody: {
            up_to: number;
        };
        LightBody: {
            light?: ("GREEN" | "YELLOW" | "RED" | "GREY") | null;
            reason?: string | null;
            row_version?: number | null;
        };
        ProposeBody: {
            /** @enum {string} */
            kind: "ADVANCE" | "CORRECTION" | "SUSPEND" | "RESUME" | "TERMINATE" | "MERGE" | "UNMERGE" | "TRANSFER" | "CONFIRM";
            to_stage?: ("LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED") | null;
            reason_code?: ("MARKET" | "FINANCE" | "LAND" | "APPROVAL" | "INVESTOR" | "POLICY" | "FORCE_MAJEURE" | "NO_CONTACT" | "CANCELLED" | "DUPLICATE" | "LAYOUT" | "FACTOR" | "INVESTOR_CHOICE" | "PARK_FULL" | "MISTAKE") | null;
            reason?: string | null;
            event_date?: string | null;
            via_date?: string | null;
            merged_into?: number | null;
            evidence_id?: number | null;
            to_region_code?: string | null;
            row_version?: number | null;
        };
        ActBody: {
            comment?: string | null;
            row_version?: number | null;
        };
        BulkBody: {
            /** @enum {string} */
            act: "SET" | "PROPOSE";
            set?: {
                [key: string]: string | number | boolean | null;
            };
            propose?: components["schemas"]["BulkPropose"];
            rows?: components["schemas"]["RowVersion"][];
        };
        BulkPropose: {
            kind?: ("ADVANCE" | "CORRECTION" | "SUSPEND" | "RESUME" | "TERMINATE" | "MERGE" | "UNMERGE" | "TRANSFER" | "CONFIRM") | null;
            to_stage?: ("LEAD" | "TALK" | "SIGNED" | "LANDED" | "STARTED" | "PRODUCING" | "CAPACITY" | "CLOSED") | null;
            event_date?: string | null;
            reason_code?: ("MARKET" | "FINANCE" | "LAND" | "APPROVAL" | "INVESTOR" | "POLICY" | "FORCE_MAJEURE" | "NO_CONTACT" | "CANCELLED" | "DUPLICATE" | "LAYOUT" | "FACTOR" | "INVESTOR_CHOICE" | "PARK_FULL" | "MISTAKE") | null;
            reason?: string | null;
        };
        RowVersion: {
            id: number;
            row_version: number;
        };
        VerifyBody: {
            /** @enum {string} */
            state: "NEW" | "OK" | "REJECTED";
            row_version?: number | null;
        };
        GradeBody: {
            /** @enum {string} */
            secrecy: "OPEN" | "INTERNAL" | "SEALED";
            reason?: string | null;
            row_version?: number | null;
        };
        CommentBody: {
            comment?: string | null;
        };
        NameBody: {
            login: string;
        };
        ClearanceBody: {
            clearance?: ("OPEN" | "INTERNAL" | "SEALED") | null;
            until_date?: string | null;
            reason?: string | null;
            row_version?: number | null;
        };
        PlanBody: {
            /** @enum {string} */
            key?: "code" | "none" | "name";
            save_mapping?: boolean;
            sheets?: components["schemas"]["PlanPatch"][];
        };
        PlanPatch: {
            sheet_no: number;
            reset?: boolean;
            skip?: boolean;
            want_hidden?: boolean;
            columns?: {
                [key: string]: components["schemas"]["ColumnPatch"] | null;
            };
            rows?: {
                [key: string]: string | null;
            };
            answers?: {
                [key: string]: string | null;
            };
        };
        ColumnPatch: {
            field?: string | null;
            unit?: string | null;
        };
        ChooseBody: {
            choice?: string | null;
            choices?: {
                [key: string]: "file" | "stored";
            };
        };
        CityBody: {
            code?: string | null;
            name?: string | null;
            name_en?: string | null;
        };
        ReasonBody: {
            reason: string;
        };
        CopyBody: {
            reason?: string | null;
            format?: ("json" | "csv") | null;
        };
        HoldBody: {
            reason: string;
            until_date?: string | null;
        };
        PolicyBody: {
            [key: string]: string;
        };
        RevealBody: {
            field: string;
            purpose: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
