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
            clearance: string;
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
            role: string;
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
            code: string;
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
            code: string;
            label: string;
            cause: string | null;
            cause_label: string | null;
            since_date: string | null;
            manual: string | null;
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
            light: string | null;
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
            outcome: string;
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
            result: string;
            project_id: number | null;
            name: string | null;
            changes: components["schemas"]["Change"][];
            problems: components["schemas"]["RowProblem"][];
            duplicates: components["schemas"]["Duplicate"][];
            choice: string | null;
            is_written: boolean;
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
            code: string;
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
            stage: string;
            side: string;
            side_label: string;
            is_stage_verified: boolean;
            row_version: number;
            funds_fen: number | null;
            light?: components["schemas"]["Light"] | null;
            stages: components["schemas"]["WayStage"][];
            next: components["schemas"]["WayNext"] | null;
            proposal: components["schemas"]["WayProposal"] | null;
            last: components["schemas"]["WayProposal"] | null;
            can: components["schemas"]["WayCan"];
        };
        WayStage: {
            code: string;
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
            code: string;
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
            act: string;
            label: string;
            role: string;
        };
        WayProposal: {
            id: number;
            kind: string;
            kind_label: string;
            to_stage: string | null;
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
            act: string;
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
            failure: components["schemas"]["JobFailure"] | null;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
