// The API as the server itself describes it. Written by `npm run api-types`; a test holds it.

export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts with level, stage, health, segments and facts. */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account: what is known of it and what is decided. */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Sets traits, name or owner; traits count from today. Send the ETag as If-Match. */
        patch: operations["editAccount"];
        trace?: never;
    };
    "/api/accounts/{account}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All decisions of an account that differed from the one before, newest first. */
        get: operations["accountDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an account is where it is, today or on a past day. */
        get: operations["explainAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every fact of an account with its source and since when, today or on a past day. */
        get: operations["accountFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Level, stage and health over time as decided, with facts of the same days. */
        get: operations["accountHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was noted about an account and of its touches, newest first. */
        get: operations["listNotes"];
        put?: never;
        /** Writes something down about an account. */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/notes/{note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another text for a note; what it said stays in the audit log. */
        put: operations["changeNote"];
        post?: never;
        /** Takes a note away; the audit log keeps that it was there. */
        delete: operations["removeNote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an account to a member of the team, with a task for both sides. */
        post: operations["assignOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A person's word on the level, through a day (without one: until taken back). */
        put: operations["pinLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/programs/{program}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a program for the account, whatever its `when` says. */
        post: operations["startProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/programs/{program}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a program: what it planned is called off. */
        post: operations["stopProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets where the account stands; evaluation goes on from there. */
        put: operations["setStage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/ties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why its owner is its owner; the account it belongs to and those that are its. */
        get: operations["accountTies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an account, where it moved and why, what people did; newest first. */
        get: operations["accountTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/unpin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes a pin back. */
        put: operations["unpinLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often what happened, and how many people did it, by day or week. */
        get: operations["accountUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{account}/what-would-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The smallest changes of single facts that would alter what is decided today. */
        get: operations["whatWouldChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people changed by hand, newest first. */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to many accounts at once, the newest first; at most 20. */
        get: operations["listBulk"];
        put?: never;
        /** Does it, in the background: one audit entry per account, under one reason. */
        post: operations["startBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is, and of which accounts it could not be done. */
        get: operations["getBulk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an action would change of many accounts, and what is refused. Writes nothing. */
        post: operations["previewBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capacity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether planned work fits the hours there are: load, coverage, what will not fit, and what a head or a leave more would change. */
        get: operations["capacity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capacity/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers that level rules of the live model compare facts with. */
        get: operations["listThresholds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capacity/touches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The touches behind somebody's load, of one week or of all; what matters most first. */
        get: operations["listTouchesBehind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capacity/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would fit with other people, hours, leave and thresholds. Changes nothing. */
        post: operations["capacityWhatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/capacity/what-if/touches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The touches behind somebody's load in a what-if. Changes nothing. */
        post: operations["listTriedTouches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which channels are set up, and what the others lack. */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What `touchstone doctor` says of database, model, decisions and workers. */
        get: operations["listChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts of an account, or of the whole book. */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{account}/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One contact of an account, with its traits. */
        get: operations["getContact"];
        /** Adds a contact to an account or changes one; what is left out stays. */
        put: operations["putContact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{account}/{contact}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Removes the person that a contact is, for good. Cannot be undone. */
        post: operations["eraseContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{account}/{contact}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is kept about the person that a contact is. */
        get: operations["exportContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{account}/{contact}/opt-outs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** By which channels a contact does not want to hear from us; none: by any. */
        put: operations["setOptOuts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/data-quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How complete and how fresh the data is. */
        get: operations["dataQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/data-quality/{gap}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts without an owner or people, or the people without an address. */
        get: operations["dataGapRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The present decisions of all open accounts, or one's; with `at` those of a past day. */
        get: operations["listDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export/accounts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts with level, stage, health, segments and facts, for a spreadsheet. */
        get: operations["exportAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export/touches.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Touches for a spreadsheet. */
        get: operations["exportTouches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For each fact: of how many accounts it is known, what it is like, where it comes from. */
        get: operations["facts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/first-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether there is data, whether a model is live, and what was chosen so far. */
        get: operations["getFirstRun"];
        /** Keeps which template is to go live, and what is different here. */
        put: operations["chooseTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/first-run/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Loads the sample book and its template into this empty database.
         * @description Refused where there is data. Sending is paused with it. GET /api/first-run says how far it is.
         */
        post: operations["loadDemo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/first-run/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The chosen template with what is different here: to be planned and applied. */
        get: operations["getChosenModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much there is to do */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports that were made and run now, newest first. */
        get: operations["listImports"];
        put?: never;
        /** Imports by an import file whose files come along: no other file can be read. */
        post: operations["importFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Imports accounts, contacts or events from one file sent as the body. */
        post: operations["importFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import: how far it is, or what came of it, with the rows that stayed out. */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{run}/rejects.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows that stayed out, as CSV: statement, row, reason, content. */
        get: operations["downloadRejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a file to be looked at: its columns, their types, rows, and what it may be.
         * @description Nothing is imported. The file is kept for an hour, for its sender alone.
         */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/uploads/{upload}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What importing the file so would come to: written, unchanged, rejected. A dry run. */
        post: operations["checkUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/uploads/{upload}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Imports the file so; GET /api/imports/{run} says how far it is. */
        post: operations["importUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/uploads/{upload}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at a file that was sent once more, read in another way. */
        post: operations["previewUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All keys, the newest first, without their secrets */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key; its secret is shown this once
         * @description `write` keys can only ingest and may stand in pages; `api` keys read and do what their scopes say; `widget` keys sign users of the in-app widget.
         */
        post: operations["makeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key: from now on it opens nothing */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lifecycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts by stage, moves of the last 90 days, days in stage, and what keeps overdue accounts. */
        get: operations["lifecycleFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lifecycle/{stage}/stuck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Overdue accounts of a stage, with the exit criteria that are open for each. */
        get: operations["stuckAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: which kinds of things have changed.
         * @description Each event `change` has the data `{kinds: ["accounts", …], accounts: [id, …]}`; accounts are named where they are few. Ask again for what you show of these kinds.
         */
        get: operations["listenLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking, and what they may do */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A touchpoint's message as a contact would get it today. Nothing is sent or stored. */
        post: operations["previewMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of the touch model, newest first, and which of them is live. */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its source and messages; `live` is the one in force. */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a model live and decides every account by it, in one transaction: all of it or nothing. */
        post: operations["applyModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When which version went live, newest first, by whom and why. */
        get: operations["listModelChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one version of the model says other than another, by meaning. */
        get: operations["compareModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your draft of the model; null: you have none. */
        get: operations["getDraft"];
        /** Keeps your draft, also while it has errors. It changes nothing that is live. */
        put: operations["keepDraft"];
        post?: never;
        /** Throws your draft away. */
        delete: operations["dropDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would move and what that brings, within a second: exact where it says so, else estimated. Nothing is written. */
        post: operations["modelImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What going live with a model would change; nothing is written. */
        post: operations["planModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What going back one version would restore; nothing is written. */
        get: operations["previewRollback"];
        put?: never;
        /** Goes back to the version that was live before: accounts and touches as they were, with what has happened since. */
        post: operations["rollbackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/scenarios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scenario files that are kept beside the model. */
        get: operations["getScenarios"];
        /** Keeps scenario files in place of those there are; the audit log records it. */
        put: operations["keepScenarios"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/scenarios/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs scenarios on a model, as `touchstone test` does: what was expected, what was found. Nothing is stored. */
        post: operations["runScenarios"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** All checks of a model file: every problem at once, each with its line. */
        post: operations["validateModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went out and is going out, newest first. */
        get: operations["listOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message in full. */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox/{message}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what became of a message of which nobody knows the end. */
        post: operations["settleMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends dead messages again, each looked at afresh. */
        post: operations["replayMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The book's picture: who stands where, who moved and why, this week's work, who is in need. */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How accounts were spread over levels, stages or health, and how they moved. */
        get: operations["bookFlows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/flows/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts behind a figure of the flows, each with why it moved. */
        get: operations["listMovedAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/movers/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts of one group of movers, as they are today. */
        get: operations["listMovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts in need, the worst first, each with its reasons. */
        get: operations["listAccountsInNeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/renewals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What comes up for renewal, by month and health. */
        get: operations["renewals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/touches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Touches by week, level and what became of them. */
        get: operations["touchTallies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/touches/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The touches behind a figure, by due day. */
        get: operations["listTalliedTouches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who owns what, and where that is not what the levels ask for. */
        get: operations["listOwners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owners/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes suggested moves, each with a task for both sides. */
        post: operations["acceptOwners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/owners/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which accounts should get another owner, whom and why. Changes nothing. */
        get: operations["suggestOwners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held. */
        get: operations["listPauses"];
        put?: never;
        /** Holds everything, a channel or a program. */
        post: operations["pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pauses/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets it go again: what was held is spread, what is too late is dropped. */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of the accounts that match, with chosen columns, and what they add up to. */
        get: operations["portfolio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lists of accounts can show and be asked for, by the model in force. */
        get: operations["portfolioColumns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the accounts that match are spread over levels, stages, health, owners, segments. */
        get: operations["portfolioFacets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report bounces, complaints, replies, attendance and other results
         * @description By touch, by Message-ID or, for bounces and complaints, by address. Each item is taken for itself and answered in its place; the same report again changes nothing, and of an automated touch only what goes further replaces what was known.
         */
        post: operations["postResults"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/results/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take what a mail provider reports: Amazon SES, SendGrid, Postmark, Mailgun
         * @description Needs an API key with the scope `write`: as `Authorization: Bearer KEY`, or as the password of the address (`https://provider:KEY@HOST/api/results/mail`). Bounces, complaints and unsubscribing are taken as by `POST /api/results`; all else is passed over.
         */
        post: operations["postMailResults"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model's segments, and how many accounts are in each. */
        get: operations["listSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{segment}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts of a segment: `power_user`, or `value.core` of a dimension. */
        get: operations["segmentAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/overlaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many accounts are in each segment and in each two at once, with revenue. */
        get: operations["segmentOverlaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with the token of a one-time link
         * @description Uses the link up and sets the session's cookie.
         */
        post: operations["openSession"];
        /** Sign out */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a sign-in link to a team member
         * @description The answer is the same whether or not anybody has the address.
         */
        post: operations["mailSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses that are not written to, in a fixed order. */
        get: operations["listSuppressions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suppressions/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets an address be written to again.
         * @description Needs the address itself. What its contacts have opted out of stays: `PUT /api/contacts/{account}/{contact}/opt-outs` changes that.
         */
        post: operations["liftSuppressions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Surveys that were answered, and how often with which score */
        get: operations["listSurveys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/surveys/{name}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers as they stand, the newest first */
        get: operations["listSurveyAnswers"];
        put?: never;
        /**
         * Take answers that were given elsewhere
         * @description Each becomes the event `survey:NAME:answered` of its account, with `score`. Whose it is: `touch`, or `email`, or `account` with `contact` or `user`; NPS counts answers that have a user.
         */
        post: operations["postSurveyAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The team. Few rows: one page holds them all. */
        get: operations["listTeam"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds somebody to the team or changes what is known of them. */
        put: operations["putMember"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/{member}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Somebody's last day: after it they have no hours and cannot sign in. null: they stay. */
        put: operations["endMember"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/team/{member}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The days on which somebody is away: they replace those there were. */
        put: operations["setLeave"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The touch models that come with the program. */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{template}/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which traits and events a template's rules ask for, and which of them are here.
         * @description Of the template that was chosen: as it was fitted.
         */
        get: operations["templateNeeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Somebody's list of the day in the order of what matters, and their load. */
        get: operations["today"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touch-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where touches of the channel `webhook` go, and the secret of their signatures */
        get: operations["touchWebhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Touches by the day they are due. */
        get: operations["listTouches"];
        put?: never;
        /** Plans a touch by hand, or logs one that has happened. */
        post: operations["addTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One touch. */
        get: operations["getTouch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a touch to somebody; it stays theirs. */
        post: operations["assignTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/brief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that one needs for a touch: health, what is new, criteria, people, what to say. */
        get: operations["touchBrief"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records what became of a touch, with what the account answered. */
        post: operations["doneTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes down a note, the time it took, or what is to be done next. */
        post: operations["notesTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a touch on another day, where it stays, or an appointment on another time. */
        post: operations["rescheduleTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fixes an appointment: only then are the customers invited. */
        post: operations["scheduleTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does not do a touch. */
        post: operations["skipTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/touches/{touch}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a touch out of its doer's list for a while; nothing else changes by it. */
        post: operations["snoozeTouch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/unattributed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came in of users who belong to no account yet, or to several; counted in once that is known. */
        get: operations["listUnattributed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your views of the portfolio, and those shared with the team. */
        get: operations["listViews"];
        put?: never;
        /** Keeps a view of the portfolio. */
        post: operations["addView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Renames, shares or changes a view of yours. */
        put: operations["changeView"];
        post?: never;
        /** Removes a view of yours. */
        delete: operations["removeView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The view that the portfolio opens with for you; null: none. */
        put: operations["chooseDefaultView"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All webhooks, without their secrets */
        get: operations["listWebhooks"];
        put?: never;
        /** Add a webhook; the answer has its secret */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove a webhook with all that waits for it */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, or switch it off and on
         * @description What waits for it while it is off is sent once it is on again.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a signed message of type `ping`, once, and see what the receiver answers */
        post: operations["pingWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The secret that verifies a webhook's signatures */
        get: operations["getWebhookSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages to webhooks, the newest first
         * @description `?status=dead` is the dead-letter list.
         */
        get: operations["listWebhookMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/messages/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what was given up, or one message */
        post: operations["replayWebhookMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace: today, money, and the names of the live model. */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description On the machine itself open to all; from elsewhere with an API key of scope read.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database can be reached, and the worker works */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `alias` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a batch of events
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `group` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `identify` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestIdentify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `page` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/screen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `screen` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestScreen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes one `track` event
         * @description As Segment's HTTP API takes it. Answered once it is durable; the same `messageId` counts once. `X-Strict-Mode: 1` tells about each event.
         */
        post: operations["ingestTrack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages that wait for a user of the customer's app
         * @description `Authorization: Bearer KEY.TOKEN.USER`: the widget key's id, the HMAC-SHA256 of the user's id with its secret in hex, and the id percent-encoded. Ask again with `If-None-Match`: 304 when nothing has changed.
         */
        get: operations["listInAppMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a user did with messages; told again, it counts once */
        post: operations["reportInAppMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the model says of what the explanation names. */
        AboutModel: {
            adjust: {
                effect: string;
                keep: number | null;
                name: string;
                rule: string;
            }[];
            /** @description Lowest first. */
            bands: {
                from: number;
                name: string;
            }[];
            base: {
                level: string;
                rule: string;
            }[];
            caps: {
                [key: string]: {
                    at_most: number;
                    rule: string;
                };
            };
            currency: string;
            facts: {
                [key: string]: {
                    type: string;
                    unit: string | null;
                };
            };
            /** @description Days for which a level is kept before it is lowered. */
            hold: number;
            /** @description Highest first. */
            levels: string[];
            min_coverage: number;
            otherwise: string | null;
            programs: string[];
            renewal: string | null;
            revenue: string | null;
            stages: {
                criteria: number;
                /** @description Days; longer is overdue. */
                expect: number | null;
                name: string;
                next: string | null;
            }[];
        };
        /** @description What the model says of what the explanation names. */
        AboutModelInput: {
            adjust: {
                effect: string;
                keep: number | null;
                name: string;
                rule: string;
            }[];
            /** @description Lowest first. */
            bands: {
                from: number;
                name: string;
            }[];
            base: {
                level: string;
                rule: string;
            }[];
            caps: {
                [key: string]: {
                    at_most: number;
                    rule: string;
                };
            };
            currency: string;
            facts: {
                [key: string]: {
                    type: string;
                    unit: string | null;
                };
            };
            /** @description Days for which a level is kept before it is lowered. */
            hold: number;
            /** @description Highest first. */
            levels: string[];
            min_coverage: number;
            otherwise: string | null;
            programs: string[];
            renewal: string | null;
            revenue: string | null;
            stages: {
                criteria: number;
                /** @description Days; longer is overdue. */
                expect: number | null;
                name: string;
                next: string | null;
            }[];
        };
        Account: {
            base_level: string | null;
            closed_at: string | null;
            contacts: number;
            created_at: string | null;
            decided_on: string | null;
            decision: components["schemas"]["Decision"] | null;
            facts: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            first_seen_at: string;
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            open_touches: number;
            owner: string | null;
            parent: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
            timezone: string | null;
            traits: {
                [key: string]: unknown;
            };
            traits_since: {
                [key: string]: string;
            };
            /** @description Something arrived that no decision knows of yet. */
            waiting: boolean;
        };
        AccountChanged: {
            account: string;
            moved: components["schemas"]["Movement"][];
        };
        AccountChangedInput: {
            account: string;
            moved: components["schemas"]["MovementInput"][];
        };
        AccountFact: {
            kind: string;
            name: string;
            /** @description Or when it last happened. */
            since: string | null;
            /** @description Where it comes from, in words. */
            source: string;
            /** @description Values so far, or how often it happened. */
            times: number | null;
            /** @description The trait to set it by. */
            trait: string | null;
            type: string;
            unit: string | null;
            value: string | number | boolean | null;
            values: string[] | null;
        };
        AccountFactInput: {
            kind: string;
            name: string;
            /** @description Or when it last happened. */
            since: string | null;
            /** @description Where it comes from, in words. */
            source: string;
            /** @description Values so far, or how often it happened. */
            times: number | null;
            /** @description The trait to set it by. */
            trait: string | null;
            type: string;
            unit: string | null;
            value: string | number | boolean | null;
            values: string[] | null;
        };
        AccountFacts: {
            /** Format: date */
            day: string;
            facts: components["schemas"]["AccountFact"][];
        };
        AccountFactsInput: {
            /** Format: date */
            day: string;
            facts: components["schemas"]["AccountFactInput"][];
        };
        /** @description How an account came to where it is. */
        AccountHistory: {
            days: string[];
            /** @description Stored ones of these days, and the last before; oldest first. */
            decisions: {
                /** Format: date-time */
                at: string;
                base: string | null;
                cause: string;
                /** Format: date */
                day: string;
                health: number | null;
                health_band: string | null;
                held: boolean;
                level: string | null;
                model_version: number;
                pinned: boolean;
                stage: string | null;
            }[];
            /** @description Values at the end of each day, as far as is known today. */
            facts: {
                [key: string]: (number | null)[];
            };
            /** Format: date */
            from: string;
            /** @description Score at the end of each day, by the model that is live now. */
            health: (number | null)[];
            /** @description Facts there are to ask for. */
            numeric: string[];
            /**
             * Format: date
             * @description Nothing is known of the account before.
             */
            since: string;
            /** Format: date */
            to: string;
        };
        /** @description How an account came to where it is. */
        AccountHistoryInput: {
            days: string[];
            /** @description Stored ones of these days, and the last before; oldest first. */
            decisions: {
                /** Format: date-time */
                at: string;
                base: string | null;
                cause: string;
                /** Format: date */
                day: string;
                health: number | null;
                health_band: string | null;
                held: boolean;
                level: string | null;
                model_version: number;
                pinned: boolean;
                stage: string | null;
            }[];
            /** @description Values at the end of each day, as far as is known today. */
            facts: {
                [key: string]: (number | null)[];
            };
            /** Format: date */
            from: string;
            /** @description Score at the end of each day, by the model that is live now. */
            health: (number | null)[];
            /** @description Facts there are to ask for. */
            numeric: string[];
            /**
             * Format: date
             * @description Nothing is known of the account before.
             */
            since: string;
            /** Format: date */
            to: string;
        };
        AccountInList: {
            base_level: string | null;
            closed_at: string | null;
            created_at: string | null;
            decided_on: string | null;
            facts: {
                [key: string]: unknown;
            };
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
            /** @description With `at` only. */
            stored?: boolean;
        };
        AccountInListInput: {
            base_level: string | null;
            closed_at: string | null;
            created_at: string | null;
            decided_on: string | null;
            facts: {
                [key: string]: unknown;
            };
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
            /** @description With `at` only. */
            stored?: boolean;
        };
        AccountInNeed: {
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            reasons: string[];
            revenue: number | null;
            stage: string | null;
        };
        AccountInNeedInput: {
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            reasons: string[];
            revenue: number | null;
            stage: string | null;
        };
        AccountInput: {
            base_level: string | null;
            closed_at: string | null;
            contacts: number;
            created_at: string | null;
            decided_on: string | null;
            decision: components["schemas"]["DecisionInput"] | null;
            facts: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            first_seen_at: string;
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            open_touches: number;
            owner: string | null;
            parent: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
            timezone: string | null;
            traits: {
                [key: string]: unknown;
            };
            traits_since: {
                [key: string]: string;
            };
            /** @description Something arrived that no decision knows of yet. */
            waiting: boolean;
        };
        AccountNote: {
            /** Format: date-time */
            at: string;
            author: string | null;
            /** @description Member of the team. */
            by: string | null;
            changed_at: string | null;
            id: string;
            note: string;
            /** @description The touch whose note it is: it is changed there. */
            touch: {
                id: string;
                title: string;
            } | null;
        };
        AccountNoteInput: {
            /** Format: date-time */
            at: string;
            author: string | null;
            /** @description Member of the team. */
            by: string | null;
            changed_at: string | null;
            id: string;
            note: string;
            /** @description The touch whose note it is: it is changed there. */
            touch: {
                id: string;
                title: string;
            } | null;
        };
        /** @description Why its owner is its owner, and what belongs to it. */
        AccountTies: {
            /** @description What kind of owner the level asks for. */
            asks_for: ("csm" | "pod" | "pool" | "automation") | null;
            /** @description Given to its owner by a person here. */
            by_hand: boolean;
            /** @description The last time that it was given to somebody here. */
            changed: {
                /** Format: date-time */
                at: string;
                by: string | null;
                from: string | null;
                from_name: string | null;
                reason: string | null;
            } | null;
            children: {
                id: string;
                level: string | null;
                name: string | null;
            }[];
            /** @description With `by_hand`: whom imports name. */
            imports_say: string | null;
            owner: string | null;
            /** @description The level that the owner goes by. */
            owner_level: string | null;
            owner_name: string | null;
            parent: {
                id: string;
                name: string | null;
            } | null;
        };
        /** @description Why its owner is its owner, and what belongs to it. */
        AccountTiesInput: {
            /** @description What kind of owner the level asks for. */
            asks_for: ("csm" | "pod" | "pool" | "automation") | null;
            /** @description Given to its owner by a person here. */
            by_hand: boolean;
            /** @description The last time that it was given to somebody here. */
            changed: {
                /** Format: date-time */
                at: string;
                by: string | null;
                from: string | null;
                from_name: string | null;
                reason: string | null;
            } | null;
            children: {
                id: string;
                level: string | null;
                name: string | null;
            }[];
            /** @description With `by_hand`: whom imports name. */
            imports_say: string | null;
            owner: string | null;
            /** @description The level that the owner goes by. */
            owner_level: string | null;
            owner_name: string | null;
            parent: {
                id: string;
                name: string | null;
            } | null;
        };
        /** @description What the users of an account did. */
        AccountUsage: {
            /** @enum {string} */
            by: "day" | "week";
            /** @description First day of each span. */
            days: string[];
            events: {
                counts: number[];
                name: string;
                total: number;
            }[];
            first_event_at: string | null;
            /** Format: date */
            from: string;
            last_event_at: string | null;
            /** Format: date */
            to: string;
            /** @description People who did anything in each span. */
            users: number[];
        };
        /** @description What the users of an account did. */
        AccountUsageInput: {
            /** @enum {string} */
            by: "day" | "week";
            /** @description First day of each span. */
            days: string[];
            events: {
                counts: number[];
                name: string;
                total: number;
            }[];
            first_event_at: string | null;
            /** Format: date */
            from: string;
            last_event_at: string | null;
            /** Format: date */
            to: string;
            /** @description People who did anything in each span. */
            users: number[];
        };
        /** @description A trait that closing the touch asks for. */
        Asked: {
            /** @description What is known of it, to be confirmed. */
            known: string | number | boolean | null;
            trait: string;
            type: string;
            values: string[] | null;
        };
        /** @description A trait that closing the touch asks for. */
        AskedInput: {
            /** @description What is known of it, to be confirmed. */
            known: string | number | boolean | null;
            trait: string;
            type: string;
            values: string[] | null;
        };
        /** @description What somebody did by hand. */
        AuditEntry: {
            account: string | null;
            /** Format: date-time */
            at: string;
            by: string | null;
            details: unknown;
            reason: string | null;
            what: string;
        };
        /** @description What somebody did by hand. */
        AuditEntryInput: {
            account: string | null;
            /** Format: date-time */
            at: string;
            by: string | null;
            details: unknown;
            reason: string | null;
            what: string;
        };
        /** @description Where accounts stood on past days, and how they moved. */
        BookFlows: {
            /** @enum {string} */
            by: "day" | "week" | "month" | "quarter";
            /** Format: date */
            from: string;
            moves: {
                accounts: number;
                /**
                 * Format: date
                 * @description The end of its period.
                 */
                day: string;
                /** @description null: not in the book; empty: of no level, stage or band. */
                from: string | null;
                to: string | null;
            }[];
            names: string[];
            /** @description From the first day to the last, stayers too. */
            net: {
                accounts: number;
                /** @description null: not in the book; empty: of no level, stage or band. */
                from: string | null;
                to: string | null;
            }[];
            /**
             * @description What of accounts is told.
             * @enum {string}
             */
            of: "level" | "stage" | "health";
            points: {
                /** Format: date */
                day: string;
                standing: {
                    [key: string]: number;
                };
            }[];
            /** @description The first day anything is known of. */
            since: string | null;
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
        };
        /** @description Where accounts stood on past days, and how they moved. */
        BookFlowsInput: {
            /** @enum {string} */
            by: "day" | "week" | "month" | "quarter";
            /** Format: date */
            from: string;
            moves: {
                accounts: number;
                /**
                 * Format: date
                 * @description The end of its period.
                 */
                day: string;
                /** @description null: not in the book; empty: of no level, stage or band. */
                from: string | null;
                to: string | null;
            }[];
            names: string[];
            /** @description From the first day to the last, stayers too. */
            net: {
                accounts: number;
                /** @description null: not in the book; empty: of no level, stage or band. */
                from: string | null;
                to: string | null;
            }[];
            /**
             * @description What of accounts is told.
             * @enum {string}
             */
            of: "level" | "stage" | "health";
            points: {
                /** Format: date */
                day: string;
                standing: {
                    [key: string]: number;
                };
            }[];
            /** @description The first day anything is known of. */
            since: string | null;
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
        };
        BulkAction: {
            /** @constant */
            kind: "assign";
            owner: string | null;
        } | {
            /** @constant */
            kind: "pin";
            level: string;
            until: string | null;
        } | {
            /** @constant */
            kind: "unpin";
        } | {
            /** @constant */
            kind: "start";
            program: string;
        };
        BulkActionInput: {
            /** @constant */
            kind: "assign";
            owner: string | null;
        } | {
            /** @constant */
            kind: "pin";
            level: string;
            until: string | null;
        } | {
            /** @constant */
            kind: "unpin";
        } | {
            /** @constant */
            kind: "start";
            program: string;
        };
        BulkPreview: {
            accounts: number;
            changes: number;
            from: {
                accounts: number;
                from: string | number | boolean | null;
                revenue: number;
            }[];
            refused: {
                accounts: number;
                examples: string[];
                why: string;
            }[];
            revenue: number | null;
            unchanged: {
                accounts: number;
                examples: string[];
                why: string;
            }[];
            /** @description Of people's work; `sample`: worked out for so many and scaled up. */
            work: {
                minutes: number;
                sample: number;
                touches: number;
            } | null;
        };
        BulkPreviewInput: {
            accounts: number;
            changes: number;
            from: {
                accounts: number;
                from: string | number | boolean | null;
                revenue: number;
            }[];
            refused: {
                accounts: number;
                examples: string[];
                why: string;
            }[];
            revenue: number | null;
            unchanged: {
                accounts: number;
                examples: string[];
                why: string;
            }[];
            /** @description Of people's work; `sample`: worked out for so many and scaled up. */
            work: {
                minutes: number;
                sample: number;
                touches: number;
            } | null;
        };
        BulkRun: {
            action: {
                kind: string;
            } & {
                [key: string]: unknown;
            };
            by: string | null;
            changed: number;
            done: number;
            failed: {
                account: string;
                name: string | null;
                why: string;
            }[];
            finished_at: string | null;
            id: string;
            /** Format: date-time */
            made_at: string;
            reason: string;
            total: number;
        };
        BulkRunInput: {
            action: {
                kind: string;
            } & {
                [key: string]: unknown;
            };
            by: string | null;
            changed: number;
            done: number;
            failed: {
                account: string;
                name: string | null;
                why: string;
            }[];
            finished_at: string | null;
            id: string;
            /** Format: date-time */
            made_at: string;
            reason: string;
            total: number;
        };
        Capacity: {
            busiest: {
                capacity: number;
                /** Format: date */
                day: string;
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                doer: string;
                left: number;
                minutes: number;
                moves: {
                    account: string;
                    account_name: string | null;
                    id: string;
                    minutes: number;
                    title: string;
                    /** Format: date */
                    to: string;
                }[];
                touches: number;
            }[];
            currency: string;
            doers: {
                accounts: number;
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                doer: string;
                /** @enum {string} */
                kind: "person" | "pod" | "pool" | "role";
                name: string;
                role: string | null;
                total: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                };
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                    /**
                     * Format: date
                     * @description Its Monday.
                     */
                    week: string;
                }[];
            }[];
            fit: {
                fits: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                groups: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                    /** Format: date */
                    week: string;
                    what: {
                        title: string;
                        touches: number;
                    }[];
                }[];
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                unknown: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
            };
            levels: {
                accounts: number;
                accounts_per_owner: number | null;
                actual: number | null;
                /** @enum {string} */
                by: "csm" | "pod" | "pool" | "automation";
                finding: string | null;
                hours_needed: number;
                hours_there: number | null;
                level: string;
                owners: number;
                revenue: number;
            }[];
            model: string;
            /** Format: date */
            planned_through: string;
            roles: {
                people: number;
                role: string;
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                    /**
                     * Format: date
                     * @description Its Monday.
                     */
                    week: string;
                }[];
            }[];
            /** Format: date */
            today: string;
            version: number;
            weeks: string[];
            what_if: {
                after: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                before: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                change: {
                    /** Format: date */
                    from: string;
                    /** @constant */
                    kind: "add-head";
                    pod: string | null;
                    role: string;
                } | {
                    /** Format: date */
                    from: string;
                    /** @constant */
                    kind: "leave";
                    member: string;
                    /** Format: date */
                    to: string;
                };
                minutes: number;
                taken: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
            }[];
            who: string | null;
        };
        CapacityInput: {
            busiest: {
                capacity: number;
                /** Format: date */
                day: string;
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                doer: string;
                left: number;
                minutes: number;
                moves: {
                    account: string;
                    account_name: string | null;
                    id: string;
                    minutes: number;
                    title: string;
                    /** Format: date */
                    to: string;
                }[];
                touches: number;
            }[];
            currency: string;
            doers: {
                accounts: number;
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                doer: string;
                /** @enum {string} */
                kind: "person" | "pod" | "pool" | "role";
                name: string;
                role: string | null;
                total: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                };
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                    /**
                     * Format: date
                     * @description Its Monday.
                     */
                    week: string;
                }[];
            }[];
            fit: {
                fits: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                groups: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                    /** Format: date */
                    week: string;
                    what: {
                        title: string;
                        touches: number;
                    }[];
                }[];
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                unknown: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
            };
            levels: {
                accounts: number;
                accounts_per_owner: number | null;
                actual: number | null;
                /** @enum {string} */
                by: "csm" | "pod" | "pool" | "automation";
                finding: string | null;
                hours_needed: number;
                hours_there: number | null;
                level: string;
                owners: number;
                revenue: number;
            }[];
            model: string;
            /** Format: date */
            planned_through: string;
            roles: {
                people: number;
                role: string;
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    load: number | null;
                    minutes: number;
                    touches: number;
                    /**
                     * Format: date
                     * @description Its Monday.
                     */
                    week: string;
                }[];
            }[];
            /** Format: date */
            today: string;
            version: number;
            weeks: string[];
            what_if: {
                after: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                before: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                change: {
                    /** Format: date */
                    from: string;
                    /** @constant */
                    kind: "add-head";
                    pod: string | null;
                    role: string;
                } | {
                    /** Format: date */
                    from: string;
                    /** @constant */
                    kind: "leave";
                    member: string;
                    /** Format: date */
                    to: string;
                };
                minutes: number;
                taken: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
            }[];
            who: string | null;
        };
        CapacityWhatIf: {
            after: {
                busiest: {
                    capacity: number;
                    /** Format: date */
                    day: string;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    left: number;
                    minutes: number;
                    moves: {
                        account: string;
                        account_name: string | null;
                        id: string;
                        minutes: number;
                        title: string;
                        /** Format: date */
                        to: string;
                    }[];
                    touches: number;
                }[];
                doers: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** @enum {string} */
                    kind: "person" | "pod" | "pool" | "role";
                    name: string;
                    role: string | null;
                    total: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                    };
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                levels: {
                    accounts: number;
                    accounts_per_owner: number | null;
                    actual: number | null;
                    /** @enum {string} */
                    by: "csm" | "pod" | "pool" | "automation";
                    finding: string | null;
                    hours_needed: number;
                    hours_there: number | null;
                    level: string;
                    owners: number;
                    revenue: number;
                }[];
                roles: {
                    people: number;
                    role: string;
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                /** @description What does not fit; 200 at most. */
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                weeks: {
                    capacity: number | null;
                    minutes: number;
                    /** Format: date */
                    week: string;
                }[];
            };
            before: {
                doers: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** @enum {string} */
                    kind: "person" | "pod" | "pool" | "role";
                    name: string;
                    role: string | null;
                    total: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                    };
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                levels: {
                    accounts: number;
                    accounts_per_owner: number | null;
                    actual: number | null;
                    /** @enum {string} */
                    by: "csm" | "pod" | "pool" | "automation";
                    finding: string | null;
                    hours_needed: number;
                    hours_there: number | null;
                    level: string;
                    owners: number;
                    revenue: number;
                }[];
                roles: {
                    people: number;
                    role: string;
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                /** @description What does not fit; 200 at most. */
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                weeks: {
                    capacity: number | null;
                    minutes: number;
                    /** Format: date */
                    week: string;
                }[];
            };
            currency: string;
            /** @description Whether the hours that thresholds change were all worked out. */
            is_exact: boolean;
            /** @description Accounts whose level the thresholds change; null: they stay. */
            moves: {
                accounts: number;
                from: string | null;
                revenue: number;
                to: string | null;
            }[] | null;
            /** Format: date */
            today: string;
            weeks: string[];
        };
        CapacityWhatIfInput: {
            after: {
                busiest: {
                    capacity: number;
                    /** Format: date */
                    day: string;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    left: number;
                    minutes: number;
                    moves: {
                        account: string;
                        account_name: string | null;
                        id: string;
                        minutes: number;
                        title: string;
                        /** Format: date */
                        to: string;
                    }[];
                    touches: number;
                }[];
                doers: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** @enum {string} */
                    kind: "person" | "pod" | "pool" | "role";
                    name: string;
                    role: string | null;
                    total: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                    };
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                levels: {
                    accounts: number;
                    accounts_per_owner: number | null;
                    actual: number | null;
                    /** @enum {string} */
                    by: "csm" | "pod" | "pool" | "automation";
                    finding: string | null;
                    hours_needed: number;
                    hours_there: number | null;
                    level: string;
                    owners: number;
                    revenue: number;
                }[];
                roles: {
                    people: number;
                    role: string;
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                /** @description What does not fit; 200 at most. */
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                weeks: {
                    capacity: number | null;
                    minutes: number;
                    /** Format: date */
                    week: string;
                }[];
            };
            before: {
                doers: {
                    accounts: number;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** @enum {string} */
                    kind: "person" | "pod" | "pool" | "role";
                    name: string;
                    role: string | null;
                    total: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                    };
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                levels: {
                    accounts: number;
                    accounts_per_owner: number | null;
                    actual: number | null;
                    /** @enum {string} */
                    by: "csm" | "pod" | "pool" | "automation";
                    finding: string | null;
                    hours_needed: number;
                    hours_there: number | null;
                    level: string;
                    owners: number;
                    revenue: number;
                }[];
                roles: {
                    people: number;
                    role: string;
                    weeks: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        load: number | null;
                        minutes: number;
                        touches: number;
                        /**
                         * Format: date
                         * @description Its Monday.
                         */
                        week: string;
                    }[];
                }[];
                /** @description What does not fit; 200 at most. */
                touches: {
                    account: string;
                    account_name: string | null;
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    /** Format: date */
                    due: string;
                    id: string;
                    level: string | null;
                    minutes: number;
                    must: boolean;
                    program: string | null;
                    revenue: number | null;
                    title: string;
                    touchpoint: string;
                    /** Format: date */
                    week: string;
                }[];
                unfit: {
                    accounts: number;
                    minutes: number;
                    must: number;
                    revenue: number;
                    touches: number;
                };
                weeks: {
                    capacity: number | null;
                    minutes: number;
                    /** Format: date */
                    week: string;
                }[];
            };
            currency: string;
            /** @description Whether the hours that thresholds change were all worked out. */
            is_exact: boolean;
            /** @description Accounts whose level the thresholds change; null: they stay. */
            moves: {
                accounts: number;
                from: string | null;
                revenue: number;
                to: string | null;
            }[] | null;
            /** Format: date */
            today: string;
            weeks: string[];
        };
        ChannelState: {
            channel: string;
            /** @description What it lacks; null: nothing. */
            missing: string | null;
            set_up: boolean;
        };
        ChannelStateInput: {
            channel: string;
            /** @description What it lacks; null: nothing. */
            missing: string | null;
            set_up: boolean;
        };
        Check: {
            /** @description What to do where it is not ok. */
            mend: string | null;
            name: string;
            ok: boolean;
            value: string;
        };
        CheckInput: {
            /** @description What to do where it is not ok. */
            mend: string | null;
            name: string;
            ok: boolean;
            value: string;
        };
        ChosenModel: {
            messages: {
                [key: string]: string;
            };
            source: string;
            template: string;
        };
        ChosenModelInput: {
            messages: {
                [key: string]: string;
            };
            source: string;
            template: string;
        };
        Contact: {
            account: string;
            account_name: string | null;
            created_at: string | null;
            email: string | null;
            id: string;
            /** Format: date */
            known_since: string;
            locale: string | null;
            name: string | null;
            opt_outs: string[];
            role: string | null;
            timezone: string | null;
            traits: {
                [key: string]: unknown;
            };
            /** @description The product's user id. */
            user: string | null;
        };
        /** @description What was removed or changed, by table. */
        ContactErased: {
            /** @description All contacts that are the same person, by address or user id. */
            contacts: {
                account: string;
                id: string;
            }[];
            rows: {
                [key: string]: number;
            };
        };
        /** @description What was removed or changed, by table. */
        ContactErasedInput: {
            /** @description All contacts that are the same person, by address or user id. */
            contacts: {
                account: string;
                id: string;
            }[];
            rows: {
                [key: string]: number;
            };
        };
        ContactExport: {
            /** @description All contacts that are the same person, by address or user id. */
            contacts: {
                account: string;
                id: string;
            }[];
            /** Format: date-time */
            exported_at: string;
            /** @description By table: its rows, and those in which it is named. */
            records: {
                [key: string]: unknown[];
            };
        };
        ContactExportInput: {
            /** @description All contacts that are the same person, by address or user id. */
            contacts: {
                account: string;
                id: string;
            }[];
            /** Format: date-time */
            exported_at: string;
            /** @description By table: its rows, and those in which it is named. */
            records: {
                [key: string]: unknown[];
            };
        };
        ContactInput: {
            account: string;
            account_name: string | null;
            created_at: string | null;
            email: string | null;
            id: string;
            /** Format: date */
            known_since: string;
            locale: string | null;
            name: string | null;
            opt_outs: string[];
            role: string | null;
            timezone: string | null;
            traits: {
                [key: string]: unknown;
            };
            /** @description The product's user id. */
            user: string | null;
        };
        DataGapRow: {
            account: string;
            account_name: string | null;
            contact: string | null;
            contact_name: string | null;
            owner: string | null;
        };
        DataGapRowInput: {
            account: string;
            account_name: string | null;
            contact: string | null;
            contact_name: string | null;
            owner: string | null;
        };
        DataQuality: {
            /** @description Accounts that have not ended. */
            accounts: number;
            contacts: number;
            facts: {
                accounts: number;
                commonest: {
                    accounts: number;
                    value: string | number | boolean | null;
                }[];
                fact: string;
                highest: string | number | boolean | null;
                hint: string | null;
                known: number;
                lowest: string | number | boolean | null;
                median: string | number | boolean | null;
                /** @description Values that are not of its type. */
                misfit: string | null;
                missing: number;
                newest: string | null;
                source: string;
                type: string;
                uses: {
                    block: string;
                    name: string;
                }[];
            }[];
            /** @description The fact that says when one renews. */
            renewal: string | null;
            sources: {
                accounts: number | null;
                /** @description Since then; null: never. */
                days: number | null;
                /** @enum {string} */
                kind: "event" | "trait" | "import" | "key";
                name: string;
                newest: string | null;
                stale: boolean;
            }[];
            stale_after: number;
            /** Format: date */
            today: string;
            without_contacts: number;
            without_email: number;
            without_owner: number;
        };
        DataQualityInput: {
            /** @description Accounts that have not ended. */
            accounts: number;
            contacts: number;
            facts: {
                accounts: number;
                commonest: {
                    accounts: number;
                    value: string | number | boolean | null;
                }[];
                fact: string;
                highest: string | number | boolean | null;
                hint: string | null;
                known: number;
                lowest: string | number | boolean | null;
                median: string | number | boolean | null;
                /** @description Values that are not of its type. */
                misfit: string | null;
                missing: number;
                newest: string | null;
                source: string;
                type: string;
                uses: {
                    block: string;
                    name: string;
                }[];
            }[];
            /** @description The fact that says when one renews. */
            renewal: string | null;
            sources: {
                accounts: number | null;
                /** @description Since then; null: never. */
                days: number | null;
                /** @enum {string} */
                kind: "event" | "trait" | "import" | "key";
                name: string;
                newest: string | null;
                stale: boolean;
            }[];
            stale_after: number;
            /** Format: date */
            today: string;
            without_contacts: number;
            without_email: number;
            without_owner: number;
        };
        /** @description What was decided of an account on a day, and why. */
        Decision: {
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
        /** @description What was decided of an account on a day, and why. */
        DecisionInput: {
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
        /** @description Something about a model file that is wrong. */
        Diagnostic: {
            code: string;
            column: number;
            file: string;
            line: number;
            message: string;
            /** @enum {string} */
            severity: "error" | "warning";
        } & {
            [key: string]: unknown;
        };
        /** @description Something about a model file that is wrong. */
        DiagnosticInput: {
            code: string;
            column: number;
            file: string;
            line: number;
            message: string;
            /** @enum {string} */
            severity: "error" | "warning";
        } & {
            [key: string]: unknown;
        };
        /** @description A decision with every rule's parts and actual values. */
        Explanation: {
            about: components["schemas"]["AboutModel"];
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            /** @description The smallest single change that would give another level; today only. */
            changes: {
                [key: string]: unknown;
            } | null;
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            name: string | null;
            owner: string | null;
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            rules: {
                [key: string]: unknown;
            };
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
            stored: boolean;
            /** @description Open ones and done ones; for a past day, as they stood at its end. */
            touches: components["schemas"]["Touch"][];
        } & {
            [key: string]: unknown;
        };
        /** @description A decision with every rule's parts and actual values. */
        ExplanationInput: {
            about: components["schemas"]["AboutModelInput"];
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            /** @description The smallest single change that would give another level; today only. */
            changes: {
                [key: string]: unknown;
            } | null;
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            name: string | null;
            owner: string | null;
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            rules: {
                [key: string]: unknown;
            };
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
            stored: boolean;
            /** @description Open ones and done ones; for a past day, as they stood at its end. */
            touches: components["schemas"]["TouchInput"][];
        } & {
            [key: string]: unknown;
        };
        /** @description One fact changed alone, and what would come of it. */
        FactChange: {
            /** @description Of numbers, and in days for dates. */
            by: number | null;
            fact: string;
            from: string | number | boolean | null;
            /** @description The level, band, stage or rule's answer it would make. */
            makes: string | number | boolean | null;
            to: string | number | boolean | null;
        };
        /** @description One fact changed alone, and what would come of it. */
        FactChangeInput: {
            /** @description Of numbers, and in days for dates. */
            by: number | null;
            fact: string;
            from: string | number | boolean | null;
            /** @description The level, band, stage or rule's answer it would make. */
            makes: string | number | boolean | null;
            to: string | number | boolean | null;
        };
        FactLine: {
            accounts: number;
            commonest: {
                accounts: number;
                value: string | number | boolean | null;
            }[];
            fact: string;
            highest: string | number | boolean | null;
            hint: string | null;
            known: number;
            lowest: string | number | boolean | null;
            median: string | number | boolean | null;
            newest: string | null;
            source: string;
            type: string;
        };
        FactLineInput: {
            accounts: number;
            commonest: {
                accounts: number;
                value: string | number | boolean | null;
            }[];
            fact: string;
            highest: string | number | boolean | null;
            hint: string | null;
            known: number;
            lowest: string | number | boolean | null;
            median: string | number | boolean | null;
            newest: string | null;
            source: string;
            type: string;
        };
        FileReading: {
            /** @description `%d/%m/%Y` */
            dateformat?: string;
            /** @enum {string} */
            decimal_separator?: "." | ",";
            /** @enum {string} */
            delim?: "," | ";" | "\t" | "|";
            /** @enum {string} */
            encoding?: "utf-8" | "utf-16" | "latin-1";
            header?: boolean;
            skip?: number;
            timestampformat?: string;
        };
        FileReadingInput: {
            /** @description `%d/%m/%Y` */
            dateformat?: string;
            /** @enum {string} */
            decimal_separator?: "." | ",";
            /** @enum {string} */
            delim?: "," | ";" | "\t" | "|";
            /** @enum {string} */
            encoding?: "utf-8" | "utf-16" | "latin-1";
            header?: boolean;
            skip?: number;
            timestampformat?: string;
        };
        FirstRun: {
            accounts: number;
            choice: components["schemas"]["FirstRunChoice"] | null;
            contacts: number;
            demo: {
                done: number;
                error: string | null;
                /** @enum {string} */
                phase: "accounts" | "contacts" | "events" | "team" | "deciding" | "done" | "failed";
                /** Format: date-time */
                started_at: string;
                total: number;
            } | null;
            events: number;
            members: number;
            /**
             * @description `empty`: no accounts; `data`: no model is live yet; `live`.
             * @enum {string}
             */
            state: "empty" | "data" | "live";
            /** @description Accounts that the live model has yet to decide for the first time. */
            undecided: number;
        };
        FirstRunChoice: {
            currency?: string;
            /** @description Event of the model → what it is called here. */
            events?: {
                [key: string]: string;
            };
            /** @description null: none. */
            holidays?: string | null;
            template: string;
            timezone?: string;
            /** @description Fact → the trait that has it here. */
            traits?: {
                [key: string]: string;
            };
        };
        FirstRunChoiceInput: {
            currency?: string;
            /** @description Event of the model → what it is called here. */
            events?: {
                [key: string]: string;
            };
            /** @description null: none. */
            holidays?: string | null;
            template: string;
            timezone?: string;
            /** @description Fact → the trait that has it here. */
            traits?: {
                [key: string]: string;
            };
        };
        FirstRunInput: {
            accounts: number;
            choice: components["schemas"]["FirstRunChoiceInput"] | null;
            contacts: number;
            demo: {
                done: number;
                error: string | null;
                /** @enum {string} */
                phase: "accounts" | "contacts" | "events" | "team" | "deciding" | "done" | "failed";
                /** Format: date-time */
                started_at: string;
                total: number;
            } | null;
            events: number;
            members: number;
            /**
             * @description `empty`: no accounts; `data`: no model is live yet; `live`.
             * @enum {string}
             */
            state: "empty" | "data" | "live";
            /** @description Accounts that the live model has yet to decide for the first time. */
            undecided: number;
        };
        Health: {
            accounts_waiting: number;
            decision_lag_seconds: number;
            outgoing: {
                channel: string;
                count: number;
                status: string;
            }[];
            sending: boolean;
            unattributed_events: number;
            version: string;
            /** @enum {string} */
            worker: "ok" | "stopped" | "elsewhere";
            workers: number;
        };
        HealthInput: {
            accounts_waiting: number;
            decision_lag_seconds: number;
            outgoing: {
                channel: string;
                count: number;
                status: string;
            }[];
            sending: boolean;
            unattributed_events: number;
            version: string;
            /** @enum {string} */
            worker: "ok" | "stopped" | "elsewhere";
            workers: number;
        };
        /** @description What the columns of a file mean. */
        ImportMapping: {
            columns: {
                from: string;
                /** @description Known column, trait or property; null: left out. */
                to: string | null;
            }[];
            /** @default {} */
            csv: components["schemas"]["FileReading"];
            /**
             * @description Known column → what it is in every row.
             * @default {}
             */
            fixed: {
                [key: string]: string;
            };
            /** @enum {string} */
            kind: "accounts" | "contacts" | "events" | "team";
        };
        /** @description What the columns of a file mean. */
        ImportMappingInput: {
            columns: {
                from: string;
                /** @description Known column, trait or property; null: left out. */
                to: string | null;
            }[];
            /** @default {} */
            csv?: components["schemas"]["FileReadingInput"];
            /**
             * @description Known column → what it is in every row.
             * @default {}
             */
            fixed?: {
                [key: string]: string;
            };
            /** @enum {string} */
            kind: "accounts" | "contacts" | "events" | "team";
        };
        /** @description What came of an import, with the first 1000 rows that stayed out. */
        ImportReport: {
            bad_lines: number;
            counts: {
                [key: string]: {
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            dry_run: boolean;
            rejected: number;
            rejects: components["schemas"]["RejectedRow"][];
            shift_days: number;
            warnings: string[];
        };
        /** @description What came of an import, with the first 1000 rows that stayed out. */
        ImportReportInput: {
            bad_lines: number;
            counts: {
                [key: string]: {
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            dry_run: boolean;
            rejected: number;
            rejects: components["schemas"]["RejectedRowInput"][];
            shift_days: number;
            warnings: string[];
        };
        ImportRun: {
            bad_lines: number;
            by: string | null;
            counts: {
                [key: string]: {
                    /** @description While it runs: rows that were looked at. */
                    done: number;
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            ended_at: string | null;
            error: string | null;
            file: string;
            id: string;
            /** @description `accounts`, …; `file`: an import file. */
            kind: string;
            rejected: number;
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            status: "running" | "done" | "broken";
            warnings: string[];
        };
        ImportRunInput: {
            bad_lines: number;
            by: string | null;
            counts: {
                [key: string]: {
                    /** @description While it runs: rows that were looked at. */
                    done: number;
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            ended_at: string | null;
            error: string | null;
            file: string;
            id: string;
            /** @description `accounts`, …; `file`: an import file. */
            kind: string;
            rejected: number;
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            status: "running" | "done" | "broken";
            warnings: string[];
        };
        /** @description A message as the widget shows it. */
        InAppMessage: Record<string, never>;
        /** @description A message as the widget shows it. */
        InAppMessageInput: Record<string, never>;
        InAppReports: {
            /** @description `KEY.TOKEN.USER`, as for the messages. */
            auth: string;
            reports: {
                /** @enum {string} */
                action: "seen" | "clicked" | "dismissed" | "item_done";
                item?: number;
                message: string;
            }[];
        };
        InAppReportsInput: {
            /** @description `KEY.TOKEN.USER`, as for the messages. */
            auth: string;
            reports: {
                /** @enum {string} */
                action: "seen" | "clicked" | "dismissed" | "item_done";
                item?: number;
                message: string;
            }[];
        };
        Key: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            /** @enum {string} */
            kind: "write" | "api" | "widget" | "admin";
            last_used_on: string | null;
            name: string;
            revoked_at: string | null;
            scopes: ("read" | "write" | "admin")[];
        };
        KeyInput: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            /** @enum {string} */
            kind: "write" | "api" | "widget" | "admin";
            last_used_on: string | null;
            name: string;
            revoked_at: string | null;
            scopes: ("read" | "write" | "admin")[];
        };
        LevelThreshold: {
            fact: string;
            id: string;
            unit: string | null;
            /** @description Where rules say it. */
            used: string[];
            value: number;
        };
        LevelThresholdInput: {
            fact: string;
            id: string;
            unit: string | null;
            /** @description Where rules say it. */
            used: string[];
            value: number;
        };
        LifecycleFlow: {
            /** Format: date-time */
            as_of: string;
            moves: {
                accounts: number;
                /** @description null: the accounts were new. */
                from: string | null;
                to: string;
            }[];
            /**
             * Format: date
             * @description Moves are counted from this day on.
             */
            since: string;
            stages: {
                accounts: number;
                criteria: {
                    name: string;
                    /** @description Overdue accounts for which it does not hold. */
                    open: number;
                    rule: string;
                    /** @description Of these: what it asks for is missing. */
                    unknown: number;
                }[];
                /** @description Median days for which its accounts have been in it. */
                days_so_far: number | null;
                /** @description Median days that those took that left it since then. */
                days_to_leave: number | null;
                /** @description Days that it should take. */
                expect: number | null;
                name: string;
                overdue: number;
                revenue: number;
            }[];
            /** Format: date */
            today: string;
        };
        LifecycleFlowInput: {
            /** Format: date-time */
            as_of: string;
            moves: {
                accounts: number;
                /** @description null: the accounts were new. */
                from: string | null;
                to: string;
            }[];
            /**
             * Format: date
             * @description Moves are counted from this day on.
             */
            since: string;
            stages: {
                accounts: number;
                criteria: {
                    name: string;
                    /** @description Overdue accounts for which it does not hold. */
                    open: number;
                    rule: string;
                    /** @description Of these: what it asks for is missing. */
                    unknown: number;
                }[];
                /** @description Median days for which its accounts have been in it. */
                days_so_far: number | null;
                /** @description Median days that those took that left it since then. */
                days_to_leave: number | null;
                /** @description Days that it should take. */
                expect: number | null;
                name: string;
                overdue: number;
                revenue: number;
            }[];
            /** Format: date */
            today: string;
        };
        ListedAccount: {
            base_level: string | null;
            closed_at: string | null;
            created_at: string | null;
            decided_on: string | null;
            facts: {
                [key: string]: unknown;
            };
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
        };
        ListedAccountInput: {
            base_level: string | null;
            closed_at: string | null;
            created_at: string | null;
            decided_on: string | null;
            facts: {
                [key: string]: unknown;
            };
            health: number | null;
            health_band: string | null;
            held: boolean;
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            pinned: boolean;
            segments: {
                [key: string]: unknown;
            };
            stage: string | null;
            stage_status: string | null;
        };
        ListedContact: {
            account: string;
            account_name: string | null;
            created_at: string | null;
            email: string | null;
            id: string;
            /** Format: date */
            known_since: string;
            locale: string | null;
            name: string | null;
            opt_outs: string[];
            role: string | null;
            timezone: string | null;
            /** @description The product's user id. */
            user: string | null;
        };
        ListedContactInput: {
            account: string;
            account_name: string | null;
            created_at: string | null;
            email: string | null;
            id: string;
            /** Format: date */
            known_since: string;
            locale: string | null;
            name: string | null;
            opt_outs: string[];
            role: string | null;
            timezone: string | null;
            /** @description The product's user id. */
            user: string | null;
        };
        ListedDecision: {
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description With `at`: whether it was stored on that day, or was worked out now. */
            stored?: boolean;
        } & {
            [key: string]: unknown;
        };
        ListedDecisionInput: {
            account: string;
            /** Format: date */
            at: string;
            built_ins: {
                [key: string]: string | number | boolean | null;
            };
            facts: {
                [key: string]: string | number | boolean | null;
            };
            health: {
                band: string;
                caps: unknown[];
                coverage: number;
                measures: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                score: number | null;
            } & {
                [key: string]: unknown;
            };
            level: ({
                base: string;
                /**
                 * @description What kind of owner the account should have.
                 * @enum {string}
                 */
                by?: "csm" | "pod" | "pool" | "automation";
                held: boolean;
                name: string;
                pinned: ({
                    reason: string;
                } & {
                    [key: string]: unknown;
                }) | null;
                /** Format: date */
                since: string;
                steps: ({
                    applied: boolean;
                    rule: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            missing: string[];
            model: {
                hash: string;
                name: string;
                version: number;
            };
            programs: ({
                name: string;
                run: number;
                /** Format: date */
                since: string;
            } & {
                [key: string]: unknown;
            })[];
            segments: {
                [key: string]: {
                    since: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
            stage: ({
                exit: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
                moves: ({
                    from: string | null;
                    to: string;
                } & {
                    [key: string]: unknown;
                })[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description With `at`: whether it was stored on that day, or was worked out now. */
            stored?: boolean;
        } & {
            [key: string]: unknown;
        };
        ListedMessage: {
            account: string;
            account_name: string | null;
            attempt: number;
            /** @enum {string} */
            channel: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
            contact: string | null;
            error: string | null;
            id: string;
            /** @enum {string} */
            kind: "touch" | "invitation" | "withdrawal";
            /** Format: date-time */
            made_at: string;
            message_id: string | null;
            program: string | null;
            receiver: string | null;
            sent_at: string | null;
            /** @enum {string} */
            status: "queued" | "sending" | "sent" | "dry_run" | "uncertain" | "failed" | "dead";
            subject: string;
            touch: string | null;
            touchpoint: string | null;
            try_at: string | null;
        };
        ListedMessageInput: {
            account: string;
            account_name: string | null;
            attempt: number;
            /** @enum {string} */
            channel: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
            contact: string | null;
            error: string | null;
            id: string;
            /** @enum {string} */
            kind: "touch" | "invitation" | "withdrawal";
            /** Format: date-time */
            made_at: string;
            message_id: string | null;
            program: string | null;
            receiver: string | null;
            sent_at: string | null;
            /** @enum {string} */
            status: "queued" | "sending" | "sent" | "dry_run" | "uncertain" | "failed" | "dead";
            subject: string;
            touch: string | null;
            touchpoint: string | null;
            try_at: string | null;
        };
        ListedTouch: {
            account: string;
            account_name: string | null;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            by: string;
            channel: string;
            contact: string | null;
            contact_name: string | null;
            /** @description Who does it: a member of the team, `pod:NAME`, `pool`, or a role. */
            doer: string;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            id: string;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            note: string | null;
            occurrence: number;
            owner: string | null;
            /** Format: date-time */
            planned_at: string;
            program: string | null;
            purpose: string;
            reason: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            run: number | null;
            /** @description The owner for whom the doer stands in, who is away or gone. */
            stands_in_for: string | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
        };
        ListedTouchInput: {
            account: string;
            account_name: string | null;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            by: string;
            channel: string;
            contact: string | null;
            contact_name: string | null;
            /** @description Who does it: a member of the team, `pod:NAME`, `pool`, or a role. */
            doer: string;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            id: string;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            note: string | null;
            occurrence: number;
            owner: string | null;
            /** Format: date-time */
            planned_at: string;
            program: string | null;
            purpose: string;
            reason: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            run: number | null;
            /** @description The owner for whom the doer stands in, who is away or gone. */
            stands_in_for: string | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
        };
        MadeKey: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            /** @enum {string} */
            kind: "write" | "api" | "widget" | "admin";
            last_used_on: string | null;
            name: string;
            revoked_at: string | null;
            scopes: ("read" | "write" | "admin")[];
            /** @description Shown this once. `write` and `api`: the key that programs send. `widget`: signs users' ids (HMAC-SHA256, hex). */
            secret: string;
        };
        MadeKeyInput: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            /** @enum {string} */
            kind: "write" | "api" | "widget" | "admin";
            last_used_on: string | null;
            name: string;
            revoked_at: string | null;
            scopes: ("read" | "write" | "admin")[];
            /** @description Shown this once. `write` and `api`: the key that programs send. `widget`: signs users' ids (HMAC-SHA256, hex). */
            secret: string;
        };
        MadeWebhook: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            note: string | null;
            /** @description Verifies signatures, in the Standard Webhooks way. */
            secret: string;
            /** @description Why it was switched off, where its receiver wanted it so. */
            stopped: string | null;
            types: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            url: string;
        };
        MadeWebhookInput: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            note: string | null;
            /** @description Verifies signatures, in the Standard Webhooks way. */
            secret: string;
            /** @description Why it was switched off, where its receiver wanted it so. */
            stopped: string | null;
            types: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            url: string;
        };
        Me: {
            /** @enum {string} */
            access: "csm" | "leader" | "ops" | "admin";
            /** @description As the audit log names whoever asks. */
            actor: string;
            /** @description Team member; null for keys and the administrator. */
            member: string | null;
            scopes: ("read" | "write" | "admin")[];
        };
        MeInput: {
            /** @enum {string} */
            access: "csm" | "leader" | "ops" | "admin";
            /** @description As the audit log names whoever asks. */
            actor: string;
            /** @description Team member; null for keys and the administrator. */
            member: string | null;
            scopes: ("read" | "write" | "admin")[];
        };
        MessagePreview: {
            channel: string;
            /** @description null: it goes to the account. */
            contact: string | null;
            /** @description As a mail program gets it: show it in a sandboxed frame only. */
            html: string;
            /** @description Where its links lead. */
            links: string[];
            locale: string | null;
            /** @description Why this contact would not get it; null: they would. */
            not_received: string | null;
            preheader: string | null;
            receiver: string | null;
            subject: string;
            text: string;
        };
        MessagePreviewInput: {
            channel: string;
            /** @description null: it goes to the account. */
            contact: string | null;
            /** @description As a mail program gets it: show it in a sandboxed frame only. */
            html: string;
            /** @description Where its links lead. */
            links: string[];
            locale: string | null;
            /** @description Why this contact would not get it; null: they would. */
            not_received: string | null;
            preheader: string | null;
            receiver: string | null;
            subject: string;
            text: string;
        };
        Model: {
            /** Format: date-time */
            applied_at: string;
            by: string | null;
            /**
             * @description Whether accounts that matched when it went live started programs too.
             * @enum {string}
             */
            existing: "all" | "new";
            hash: string;
            live: boolean;
            messages: {
                [key: string]: string;
            };
            name: string;
            /** @description The version that was live when it was applied: a rollback goes there. */
            parent: number | null;
            reason: string | null;
            /** @description The model file, as it was applied. */
            source: string;
            version: number;
        };
        ModelChange: {
            /** Format: date-time */
            at: string;
            before: number | null;
            by: string | null;
            /** @enum {string} */
            existing: "all" | "new";
            /** @enum {string} */
            kind: "apply" | "rollback";
            reason: string | null;
            version: number;
        };
        ModelChangeInput: {
            /** Format: date-time */
            at: string;
            before: number | null;
            by: string | null;
            /** @enum {string} */
            existing: "all" | "new";
            /** @enum {string} */
            kind: "apply" | "rollback";
            reason: string | null;
            version: number;
        };
        ModelDifference: {
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            from: number;
            messages: {
                added: string[];
                changed: string[];
                removed: string[];
            };
            to: number;
        };
        ModelDifferenceInput: {
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            from: number;
            messages: {
                added: string[];
                changed: string[];
                removed: string[];
            };
            to: number;
        };
        ModelDraft: {
            /** @description The version it was made from; null: none was live. */
            base: number | null;
            /** Format: date-time */
            changed_at: string;
            /** @description The version that is live; another than `base`: somebody went live since. */
            live: number | null;
            /** Format: date-time */
            made_at: string;
            messages: {
                [key: string]: string;
            };
            /** @description Goes up with each saving. */
            rev: number;
            scenarios: {
                [key: string]: string;
            };
            source: string;
        };
        ModelDraftInput: {
            /** @description The version it was made from; null: none was live. */
            base: number | null;
            /** Format: date-time */
            changed_at: string;
            /** @description The version that is live; another than `base`: somebody went live since. */
            live: number | null;
            /** Format: date-time */
            made_at: string;
            messages: {
                [key: string]: string;
            };
            /** @description Goes up with each saving. */
            rev: number;
            scenarios: {
                [key: string]: string;
            };
            source: string;
        };
        ModelImpact: {
            accounts: {
                moving: number;
                revenue: number;
                revenue_moving: number;
                total: number;
            };
            /** @description Accounts that the change may touch. */
            affected: number;
            /**
             * Format: date-time
             * @description The book is shown as it was then.
             */
            as_of: string;
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            /** @description Those of them of which it was worked out touch by touch, in the time there was. */
            evaluated: number;
            /** @description Whether who moves, and touches, messages and minutes, are what /api/models/plan says; else they are estimated from the accounts that were evaluated. */
            exact: {
                moves: boolean;
                work: boolean;
            };
            /** @description Something has changed since; it is being read, so ask again in a moment. */
            is_behind: boolean;
            levels: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            live: {
                name: string;
                version: number;
            };
            messages: {
                after: number;
                before: number;
                channel: string;
                /** Format: date */
                week: string;
            }[];
            /** @description Most revenue first; 300 at most. */
            movers: {
                account: string;
                moves: {
                    from: string | null;
                    to: string | null;
                    what: string;
                }[];
                name: string | null;
                owner: string | null;
                revenue: number | null;
            }[];
            segments: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                segment: string;
                to: string | null;
            }[];
            stages: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            /** Format: date */
            today: string;
            touches: {
                automated: {
                    cancelled: number;
                    changed: number;
                    made: number;
                    moved: number;
                };
                human: {
                    cancelled: number;
                    changed: number;
                    made: number;
                    moved: number;
                };
            };
            /** @description Minutes that people need and have, by week. */
            work: {
                after: number;
                before: number;
                has: number | null;
                /** Format: date */
                week: string;
            }[];
        };
        ModelImpactInput: {
            accounts: {
                moving: number;
                revenue: number;
                revenue_moving: number;
                total: number;
            };
            /** @description Accounts that the change may touch. */
            affected: number;
            /**
             * Format: date-time
             * @description The book is shown as it was then.
             */
            as_of: string;
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            /** @description Those of them of which it was worked out touch by touch, in the time there was. */
            evaluated: number;
            /** @description Whether who moves, and touches, messages and minutes, are what /api/models/plan says; else they are estimated from the accounts that were evaluated. */
            exact: {
                moves: boolean;
                work: boolean;
            };
            /** @description Something has changed since; it is being read, so ask again in a moment. */
            is_behind: boolean;
            levels: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            live: {
                name: string;
                version: number;
            };
            messages: {
                after: number;
                before: number;
                channel: string;
                /** Format: date */
                week: string;
            }[];
            /** @description Most revenue first; 300 at most. */
            movers: {
                account: string;
                moves: {
                    from: string | null;
                    to: string | null;
                    what: string;
                }[];
                name: string | null;
                owner: string | null;
                revenue: number | null;
            }[];
            segments: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                segment: string;
                to: string | null;
            }[];
            stages: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            /** Format: date */
            today: string;
            touches: {
                automated: {
                    cancelled: number;
                    changed: number;
                    made: number;
                    moved: number;
                };
                human: {
                    cancelled: number;
                    changed: number;
                    made: number;
                    moved: number;
                };
            };
            /** @description Minutes that people need and have, by week. */
            work: {
                after: number;
                before: number;
                has: number | null;
                /** Format: date */
                week: string;
            }[];
        };
        ModelInput: {
            /** Format: date-time */
            applied_at: string;
            by: string | null;
            /**
             * @description Whether accounts that matched when it went live started programs too.
             * @enum {string}
             */
            existing: "all" | "new";
            hash: string;
            live: boolean;
            messages: {
                [key: string]: string;
            };
            name: string;
            /** @description The version that was live when it was applied: a rollback goes there. */
            parent: number | null;
            reason: string | null;
            /** @description The model file, as it was applied. */
            source: string;
            version: number;
        };
        ModelPlan: {
            accounts: {
                /** @description Never decided before. */
                first: number;
                moving: number;
                revenue: number;
                revenue_moving: number;
                total: number;
            };
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            currency: string;
            /** @enum {string} */
            existing: "all" | "new";
            hours: {
                after: {
                    doers: ({
                        doer: string;
                        name: string;
                        role: string | null;
                        weeks: ({
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    roles: ({
                        role: string;
                        weeks: {
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
                before: {
                    doers: ({
                        doer: string;
                        name: string;
                        role: string | null;
                        weeks: ({
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    roles: ({
                        role: string;
                        weeks: {
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description This very model is live: there is nothing to do. */
            is_same: boolean;
            levels: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            live: ({
                hash: string;
                name: string;
                version: number;
            } & {
                [key: string]: unknown;
            }) | null;
            /** Format: date-time */
            made_at: string;
            message_files: {
                added: string[];
                changed: string[];
                removed: string[];
            };
            messages: {
                after: number;
                before: number;
                channel: string;
                /** Format: date */
                week: string;
            }[];
            model: {
                hash: string;
                name: string;
            };
            moves: ({
                account: string;
                name: string | null;
                owner: string | null;
                reasons: ({
                    from: string | null;
                    new_rule: string | null;
                    old_rule: string | null;
                    to: string | null;
                    /** @description `level`, `base_level`, `stage`, `segments.value`, `programs.save`. */
                    what: string;
                    why: string;
                } & {
                    [key: string]: unknown;
                })[];
                revenue: number | null;
            } & {
                [key: string]: unknown;
            })[];
            problems: ({
                allowed: boolean;
                code: string;
                hint: string;
                message: string;
                /** @enum {string} */
                severity: "blocking" | "warning";
                where: string;
            } & {
                [key: string]: unknown;
            })[];
            programs: {
                ended: number;
                /** @description Would have started but for `existing: new`. */
                held_back: number;
                program: string;
                started: number;
            }[];
            segments: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                segment: string;
                to: string | null;
            }[];
            stages: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            /** Format: date */
            today: string;
            touch_changes: ({
                account: string;
                fate: string;
            } & {
                [key: string]: unknown;
            })[];
            touches: {
                cancelled: number;
                changed: number;
                human: boolean;
                kept: number;
                made: number;
                moved: number;
                program: string | null;
                touchpoint: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        ModelPlanInput: {
            accounts: {
                /** @description Never decided before. */
                first: number;
                moving: number;
                revenue: number;
                revenue_moving: number;
                total: number;
            };
            changes: {
                after: string | null;
                before: string | null;
                block: string;
                /** @description Whether it can change what is decided. */
                decides: boolean;
                /** @enum {string} */
                kind: "added" | "removed" | "renamed" | "changed" | "moved";
                path: string;
                sentence: string;
            }[];
            currency: string;
            /** @enum {string} */
            existing: "all" | "new";
            hours: {
                after: {
                    doers: ({
                        doer: string;
                        name: string;
                        role: string | null;
                        weeks: ({
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    roles: ({
                        role: string;
                        weeks: {
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
                before: {
                    doers: ({
                        doer: string;
                        name: string;
                        role: string | null;
                        weeks: ({
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    roles: ({
                        role: string;
                        weeks: {
                            capacity: number | null;
                            minutes: number;
                            /** Format: date */
                            week: string;
                        }[];
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
            };
            /** @description This very model is live: there is nothing to do. */
            is_same: boolean;
            levels: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            live: ({
                hash: string;
                name: string;
                version: number;
            } & {
                [key: string]: unknown;
            }) | null;
            /** Format: date-time */
            made_at: string;
            message_files: {
                added: string[];
                changed: string[];
                removed: string[];
            };
            messages: {
                after: number;
                before: number;
                channel: string;
                /** Format: date */
                week: string;
            }[];
            model: {
                hash: string;
                name: string;
            };
            moves: ({
                account: string;
                name: string | null;
                owner: string | null;
                reasons: ({
                    from: string | null;
                    new_rule: string | null;
                    old_rule: string | null;
                    to: string | null;
                    /** @description `level`, `base_level`, `stage`, `segments.value`, `programs.save`. */
                    what: string;
                    why: string;
                } & {
                    [key: string]: unknown;
                })[];
                revenue: number | null;
            } & {
                [key: string]: unknown;
            })[];
            problems: ({
                allowed: boolean;
                code: string;
                hint: string;
                message: string;
                /** @enum {string} */
                severity: "blocking" | "warning";
                where: string;
            } & {
                [key: string]: unknown;
            })[];
            programs: {
                ended: number;
                /** @description Would have started but for `existing: new`. */
                held_back: number;
                program: string;
                started: number;
            }[];
            segments: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                segment: string;
                to: string | null;
            }[];
            stages: {
                accounts: number;
                /** @description null: none, or never decided. */
                from: string | null;
                revenue: number;
                to: string | null;
            }[];
            /** Format: date */
            today: string;
            touch_changes: ({
                account: string;
                fate: string;
            } & {
                [key: string]: unknown;
            })[];
            touches: {
                cancelled: number;
                changed: number;
                human: boolean;
                kept: number;
                made: number;
                moved: number;
                program: string | null;
                touchpoint: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        ModelVersion: {
            /** Format: date-time */
            applied_at: string;
            by: string | null;
            /**
             * @description Whether accounts that matched when it went live started programs too.
             * @enum {string}
             */
            existing: "all" | "new";
            hash: string;
            live: boolean;
            name: string;
            /** @description The version that was live when it was applied: a rollback goes there. */
            parent: number | null;
            reason: string | null;
            version: number;
        };
        ModelVersionInput: {
            /** Format: date-time */
            applied_at: string;
            by: string | null;
            /**
             * @description Whether accounts that matched when it went live started programs too.
             * @enum {string}
             */
            existing: "all" | "new";
            hash: string;
            live: boolean;
            name: string;
            /** @description The version that was live when it was applied: a rollback goes there. */
            parent: number | null;
            reason: string | null;
            version: number;
        };
        MovedAccount: {
            id: string;
            name: string | null;
            owner: string | null;
            revenue: number | null;
            why: string;
        };
        MovedAccountInput: {
            id: string;
            name: string | null;
            owner: string | null;
            revenue: number | null;
            why: string;
        };
        /** @description How an account moved. */
        Movement: {
            account: string;
            from: {
                level: string | null;
                stage: string | null;
            };
            name: string | null;
            to: {
                level: string | null;
                stage: string | null;
            };
        };
        /** @description How an account moved. */
        MovementInput: {
            account: string;
            from: {
                level: string | null;
                stage: string | null;
            };
            name: string | null;
            to: {
                level: string | null;
                stage: string | null;
            };
        };
        Mover: {
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            revenue: number | null;
            stage: string | null;
        };
        MoverInput: {
            id: string;
            level: string | null;
            name: string | null;
            owner: string | null;
            revenue: number | null;
            stage: string | null;
        };
        NewKey: {
            /**
             * @description The most that an API key may do. Default: all that its scopes allow. With `csm` it only reads, since it has no accounts of its own.
             * @enum {string}
             */
            access?: "csm" | "leader" | "ops" | "admin";
            /** @enum {string} */
            kind: "write" | "api" | "widget";
            name: string;
            /** @description Of an API key; the higher has the lower: read, write, admin. Default: read. */
            scopes?: ("read" | "write" | "admin")[];
        };
        NewKeyInput: {
            /**
             * @description The most that an API key may do. Default: all that its scopes allow. With `csm` it only reads, since it has no accounts of its own.
             * @enum {string}
             */
            access?: "csm" | "leader" | "ops" | "admin";
            /** @enum {string} */
            kind: "write" | "api" | "widget";
            name: string;
            /** @description Of an API key; the higher has the lower: read, write, admin. Default: read. */
            scopes?: ("read" | "write" | "admin")[];
        };
        NewSurveyAnswer: {
            account?: string;
            /**
             * Format: date-time
             * @description When it was given; default: now.
             */
            at?: string;
            comment?: string;
            contact?: string;
            email?: string;
            /** @description The same id again replaces the answer. */
            id?: string;
            score: number;
            /** @description Touch that asked: says account and contact. */
            touch?: string;
            /** @description The product's user id; default: the contact's. */
            user?: string;
        };
        NewSurveyAnswerInput: {
            account?: string;
            /**
             * Format: date-time
             * @description When it was given; default: now.
             */
            at?: string;
            comment?: string;
            contact?: string;
            email?: string;
            /** @description The same id again replaces the answer. */
            id?: string;
            score: number;
            /** @description Touch that asked: says account and contact. */
            touch?: string;
            /** @description The product's user id; default: the contact's. */
            user?: string;
        };
        NewWebhook: {
            /** @default true */
            active: boolean;
            /** @default null */
            note: string | null;
            /**
             * @description What it wants to be told.
             * @default [
             *       "decision.changed",
             *       "touch.planned",
             *       "touch.due",
             *       "touch.done",
             *       "survey.answered"
             *     ]
             */
            types: unknown;
            /**
             * Format: uri
             * @description Where messages are posted. Not an address of a private network.
             */
            url: string;
        };
        NewWebhookInput: {
            /** @default true */
            active?: boolean;
            /** @default null */
            note?: string | null;
            /** @description What it wants to be told. */
            types?: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            /**
             * Format: uri
             * @description Where messages are posted. Not an address of a private network.
             */
            url: string;
        };
        /** @description One attempt to reach somebody, as it was made. */
        OutgoingMessage: {
            account: string;
            account_name: string | null;
            attempt: number;
            /** @enum {string} */
            channel: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
            contact: string | null;
            error: string | null;
            extra: {
                [key: string]: unknown;
            };
            html: string;
            id: string;
            /** @enum {string} */
            kind: "touch" | "invitation" | "withdrawal";
            locale: string | null;
            /** Format: date-time */
            made_at: string;
            message_id: string | null;
            program: string | null;
            receiver: string | null;
            sent_at: string | null;
            /** @enum {string} */
            status: "queued" | "sending" | "sent" | "dry_run" | "uncertain" | "failed" | "dead";
            subject: string;
            text: string;
            touch: string | null;
            touchpoint: string | null;
            try_at: string | null;
        };
        /** @description One attempt to reach somebody, as it was made. */
        OutgoingMessageInput: {
            account: string;
            account_name: string | null;
            attempt: number;
            /** @enum {string} */
            channel: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
            contact: string | null;
            error: string | null;
            extra: {
                [key: string]: unknown;
            };
            html: string;
            id: string;
            /** @enum {string} */
            kind: "touch" | "invitation" | "withdrawal";
            locale: string | null;
            /** Format: date-time */
            made_at: string;
            message_id: string | null;
            program: string | null;
            receiver: string | null;
            sent_at: string | null;
            /** @enum {string} */
            status: "queued" | "sending" | "sent" | "dry_run" | "uncertain" | "failed" | "dead";
            subject: string;
            text: string;
            touch: string | null;
            touchpoint: string | null;
            try_at: string | null;
        };
        Overview: {
            accounts: number;
            /** @description Health bands, the worst first, then unknown. */
            bands: {
                accounts: number;
                name: string;
                revenue: number;
                share: number;
            }[];
            currency?: string;
            in_need: {
                id: string;
                level: string | null;
                name: string | null;
                owner: string | null;
                reasons: string[];
                revenue: number | null;
                stage: string | null;
            }[];
            levels: {
                accounts: number;
                base: number;
                base_share: number;
                expected: number[] | null;
                finding: string | null;
                name: string;
                revenue: number;
                share: number;
            }[];
            model: string;
            movers: {
                accounts: number;
                examples: string[];
                from: string | null;
                to: string | null;
                /** @enum {string} */
                what: "level" | "stage";
                why: string;
            }[];
            /** Format: date */
            movers_since: string;
            /** @description How many accounts are in need in all. */
            needing: number;
            revenue: number;
            stages: {
                accounts: number;
                name: string;
                overdue: number;
                /** @description The rule that finds them. */
                overdue_where: string | null;
                revenue: number;
                share: number;
            }[];
            /** Format: date */
            today: string;
            version: number;
            week: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
                work: {
                    hours: number | null;
                    minutes: number;
                    name: string;
                    owner: string | null;
                    touches: number;
                    what: string;
                }[];
            };
        };
        OverviewInput: {
            accounts: number;
            /** @description Health bands, the worst first, then unknown. */
            bands: {
                accounts: number;
                name: string;
                revenue: number;
                share: number;
            }[];
            currency?: string;
            in_need: {
                id: string;
                level: string | null;
                name: string | null;
                owner: string | null;
                reasons: string[];
                revenue: number | null;
                stage: string | null;
            }[];
            levels: {
                accounts: number;
                base: number;
                base_share: number;
                expected: number[] | null;
                finding: string | null;
                name: string;
                revenue: number;
                share: number;
            }[];
            model: string;
            movers: {
                accounts: number;
                examples: string[];
                from: string | null;
                to: string | null;
                /** @enum {string} */
                what: "level" | "stage";
                why: string;
            }[];
            /** Format: date */
            movers_since: string;
            /** @description How many accounts are in need in all. */
            needing: number;
            revenue: number;
            stages: {
                accounts: number;
                name: string;
                overdue: number;
                /** @description The rule that finds them. */
                overdue_where: string | null;
                revenue: number;
                share: number;
            }[];
            /** Format: date */
            today: string;
            version: number;
            week: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
                work: {
                    hours: number | null;
                    minutes: number;
                    name: string;
                    owner: string | null;
                    touches: number;
                    what: string;
                }[];
            };
        };
        Owners: {
            accounts: number;
            currency: string;
            levels: {
                accounts: number;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                examples: string[];
                level: string;
                revenue: number;
                /** @description They have an owner and should have none. */
                too_much: number;
                /** @description Their owner does not suit them. */
                unsuited: number;
                /** @description They should have a person and have none. */
                without: number;
            }[];
            model: string;
            people: {
                accounts: number;
                capacity: number | null;
                /** @description null: accounts of nobody. */
                id: string | null;
                in_team: boolean;
                levels: {
                    accounts: number;
                    level: string;
                }[];
                minutes: number;
                name: string | null;
                pod: string | null;
                revenue: number;
                role: string | null;
            }[];
            suggestions: number;
            /** Format: date */
            today: string;
            /** @description How many weeks ahead work and hours are counted. */
            weeks: number;
        };
        /** @description Who has which accounts now, and the tasks of it. */
        OwnersChanged: {
            changed: {
                account: string;
                from: string | null;
                name: string | null;
                tasks: {
                    /** Format: date */
                    due: string;
                    id: string;
                    owner: string | null;
                    title: string;
                    touchpoint: string;
                }[];
                to: string | null;
                touches_moved: number;
            }[];
            moved: components["schemas"]["Movement"][];
        };
        /** @description Who has which accounts now, and the tasks of it. */
        OwnersChangedInput: {
            changed: {
                account: string;
                from: string | null;
                name: string | null;
                tasks: {
                    /** Format: date */
                    due: string;
                    id: string;
                    owner: string | null;
                    title: string;
                    touchpoint: string;
                }[];
                to: string | null;
                touches_moved: number;
            }[];
            moved: components["schemas"]["MovementInput"][];
        };
        OwnersInput: {
            accounts: number;
            currency: string;
            levels: {
                accounts: number;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                examples: string[];
                level: string;
                revenue: number;
                /** @description They have an owner and should have none. */
                too_much: number;
                /** @description Their owner does not suit them. */
                unsuited: number;
                /** @description They should have a person and have none. */
                without: number;
            }[];
            model: string;
            people: {
                accounts: number;
                capacity: number | null;
                /** @description null: accounts of nobody. */
                id: string | null;
                in_team: boolean;
                levels: {
                    accounts: number;
                    level: string;
                }[];
                minutes: number;
                name: string | null;
                pod: string | null;
                revenue: number;
                role: string | null;
            }[];
            suggestions: number;
            /** Format: date */
            today: string;
            /** @description How many weeks ahead work and hours are counted. */
            weeks: number;
        };
        /** @description A decision that differed from the one before. */
        PastDecision: {
            /** Format: date-time */
            at: string;
            /** @description event, midnight, model, person or first. */
            cause: string;
            /** Format: date */
            day: string;
            decision: components["schemas"]["Decision"];
            model_version: number;
            seq: number;
        };
        /** @description A decision that differed from the one before. */
        PastDecisionInput: {
            /** Format: date-time */
            at: string;
            /** @description event, midnight, model, person or first. */
            cause: string;
            /** Format: date */
            day: string;
            decision: components["schemas"]["DecisionInput"];
            model_version: number;
            seq: number;
        };
        /** @description Sending that is held. */
        Pause: {
            by: string | null;
            name: string;
            reason: string | null;
            /** @enum {string} */
            scope: "all" | "channel" | "program";
            /** Format: date-time */
            since: string;
        };
        /** @description Sending that is held. */
        PauseInput: {
            by: string | null;
            name: string;
            reason: string | null;
            /** @enum {string} */
            scope: "all" | "channel" | "program";
            /** Format: date-time */
            since: string;
        };
        PortfolioColumn: {
            about: string | null;
            in_rules: boolean;
            /** @enum {string} */
            kind: "fact" | "decided" | "segment" | "experiment" | "listed";
            name: string;
            /** @enum {string} */
            type: "number" | "string" | "boolean" | "date" | "time";
            unit: string | null;
            values: string[] | null;
        };
        PortfolioColumnInput: {
            about: string | null;
            in_rules: boolean;
            /** @enum {string} */
            kind: "fact" | "decided" | "segment" | "experiment" | "listed";
            name: string;
            /** @enum {string} */
            type: "number" | "string" | "boolean" | "date" | "time";
            unit: string | null;
            values: string[] | null;
        };
        PortfolioDescription: {
            bands: {
                from: number;
                name: string;
            }[];
            columns: components["schemas"]["PortfolioColumn"][];
            currency: string;
            programs: {
                for_contact: boolean;
                name: string;
            }[];
            renewal: string | null;
            revenue: string | null;
            stages: {
                exit: {
                    name: string;
                    rule: string;
                }[];
                expect: number | null;
                name: string;
            }[];
            /** Format: date */
            today: string;
            version: number;
        };
        PortfolioDescriptionInput: {
            bands: {
                from: number;
                name: string;
            }[];
            columns: components["schemas"]["PortfolioColumnInput"][];
            currency: string;
            programs: {
                for_contact: boolean;
                name: string;
            }[];
            renewal: string | null;
            revenue: string | null;
            stages: {
                exit: {
                    name: string;
                    rule: string;
                }[];
                expect: number | null;
                name: string;
            }[];
            /** Format: date */
            today: string;
            version: number;
        };
        PortfolioFacets: {
            bands: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            levels: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            owners: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            revenue: number | null;
            segments: {
                accounts: number;
                entry: string | null;
                revenue: number;
                segment: string;
            }[];
            stages: {
                accounts: number;
                overdue: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            total: number;
        };
        PortfolioFacetsInput: {
            bands: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            levels: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            owners: {
                accounts: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            revenue: number | null;
            segments: {
                accounts: number;
                entry: string | null;
                revenue: number;
                segment: string;
            }[];
            stages: {
                accounts: number;
                overdue: number;
                revenue: number;
                value: string | number | boolean | null;
            }[];
            total: number;
        };
        PortfolioPage: {
            items: {
                id: string;
                name: string | null;
                values: {
                    [key: string]: string | number | boolean | null | string[];
                };
            }[];
            /** @description The book is being read into memory; until then totals are unknown. */
            loading: {
                loaded: number;
                of: number;
            } | null;
            next_cursor: null;
            revenue: number | null;
            total: number | null;
        };
        PortfolioPageInput: {
            items: {
                id: string;
                name: string | null;
                values: {
                    [key: string]: string | number | boolean | null | string[];
                };
            }[];
            /** @description The book is being read into memory; until then totals are unknown. */
            loading: {
                loaded: number;
                of: number;
            } | null;
            next_cursor: null;
            revenue: number | null;
            total: number | null;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /** @description The same as in `type`, for programs. Never changes. */
            code: string;
            /** @description What is wrong this time. */
            detail?: string;
            /** @description What is wrong with which field: `body/items/1/name`. */
            errors?: {
                message: string;
                path: string;
            }[];
            /** @description What to do next. */
            hint?: string;
            /** @description The request's id, which the log has too. */
            request?: string;
            status: number;
            /** @description What this kind of problem is. */
            title: string;
            /** @description Names the kind of problem: `urn:touchstone:CODE`. */
            type: string;
        };
        /** @description A problem document (RFC 9457). */
        ProblemInput: {
            /** @description The same as in `type`, for programs. Never changes. */
            code: string;
            /** @description What is wrong this time. */
            detail?: string;
            /** @description What is wrong with which field: `body/items/1/name`. */
            errors?: {
                message: string;
                path: string;
            }[];
            /** @description What to do next. */
            hint?: string;
            /** @description The request's id, which the log has too. */
            request?: string;
            status: number;
            /** @description What this kind of problem is. */
            title: string;
            /** @description Names the kind of problem: `urn:touchstone:CODE`. */
            type: string;
        };
        Ready: {
            /** @enum {string} */
            database: "ok" | "unreachable";
            ready: boolean;
            /**
             * @description `elsewhere`: this process serves only; other processes work.
             * @enum {string}
             */
            worker: "ok" | "stopped" | "elsewhere";
        };
        ReadyInput: {
            /** @enum {string} */
            database: "ok" | "unreachable";
            ready: boolean;
            /**
             * @description `elsewhere`: this process serves only; other processes work.
             * @enum {string}
             */
            worker: "ok" | "stopped" | "elsewhere";
        };
        RejectedRow: {
            content: {
                [key: string]: unknown;
            };
            reason: string;
            /** @description Row of the statement's result; for `files.…` the line of the file. */
            row: number;
            statement: string;
        };
        RejectedRowInput: {
            content: {
                [key: string]: unknown;
            };
            reason: string;
            /** @description Row of the statement's result; for `files.…` the line of the file. */
            row: number;
            statement: string;
        };
        Renewals: {
            bands: string[];
            /** @description null: the model names no renewal fact. */
            fact: string | null;
            /** Format: date */
            from: string;
            months: {
                bands: {
                    accounts: number;
                    band: string;
                    revenue: number;
                    /** @description The rule that finds these accounts. */
                    where: string;
                }[];
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            }[];
            /** @description Open accounts whose renewal is past. */
            past: number;
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
            /** @description Open accounts of which no renewal is known. */
            unknown: number;
        };
        RenewalsInput: {
            bands: string[];
            /** @description null: the model names no renewal fact. */
            fact: string | null;
            /** Format: date */
            from: string;
            months: {
                bands: {
                    accounts: number;
                    band: string;
                    revenue: number;
                    /** @description The rule that finds these accounts. */
                    where: string;
                }[];
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            }[];
            /** @description Open accounts whose renewal is past. */
            past: number;
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
            /** @description Open accounts of which no renewal is known. */
            unknown: number;
        };
        Result: {
            /**
             * Format: date-time
             * @description When it happened; default: now.
             */
            at?: string;
            /**
             * @description Of a bounce; `hard` (the default) stops all mail to the address.
             * @enum {string}
             */
            bounce?: "hard" | "soft";
            /** @description Address that bounced, complained or unsubscribed. */
            email?: string;
            /** @description Message-ID of the mail, with or without angle brackets. */
            message_id?: string;
            minutes?: number;
            note?: string;
            /** @enum {string} */
            result: "held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed";
            /** @description Id of the touch. */
            touch?: string;
        };
        ResultAnswer: {
            account?: string;
            /** @description Why it was refused. */
            reason?: string;
            /**
             * @description `unchanged`: it was known already, or something that goes further was.
             * @enum {string}
             */
            status: "recorded" | "unchanged" | "refused";
            /** @description No more mail goes to the address, whoever has it. */
            suppressed?: boolean;
            touch?: string;
        };
        ResultAnswerInput: {
            account?: string;
            /** @description Why it was refused. */
            reason?: string;
            /**
             * @description `unchanged`: it was known already, or something that goes further was.
             * @enum {string}
             */
            status: "recorded" | "unchanged" | "refused";
            /** @description No more mail goes to the address, whoever has it. */
            suppressed?: boolean;
            touch?: string;
        };
        ResultInput: {
            /**
             * Format: date-time
             * @description When it happened; default: now.
             */
            at?: string;
            /**
             * @description Of a bounce; `hard` (the default) stops all mail to the address.
             * @enum {string}
             */
            bounce?: "hard" | "soft";
            /** @description Address that bounced, complained or unsubscribed. */
            email?: string;
            /** @description Message-ID of the mail, with or without angle brackets. */
            message_id?: string;
            minutes?: number;
            note?: string;
            /** @enum {string} */
            result: "held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed";
            /** @description Id of the touch. */
            touch?: string;
        };
        SavedView: {
            /** Format: date-time */
            changed_at: string;
            content: {
                [key: string]: unknown;
            };
            id: string;
            is_default: boolean;
            mine: boolean;
            name: string;
            shared: boolean;
        };
        SavedViewInput: {
            /** Format: date-time */
            changed_at: string;
            content: {
                [key: string]: unknown;
            };
            id: string;
            is_default: boolean;
            mine: boolean;
            name: string;
            shared: boolean;
        };
        ScenarioResults: {
            failed: number;
            files: {
                cases: {
                    failures: {
                        account: string | null;
                        /** @description The decision that was found. */
                        decision: {
                            [key: string]: unknown;
                        } | null;
                        /** @description What is wrong with the scenario itself, where it is no mismatch. */
                        error: string | null;
                        mismatches: {
                            actual: unknown;
                            expected: unknown;
                            what: string;
                        }[];
                        /** @description From 1; 0: the case's own `expect`. */
                        step: number;
                    }[];
                    line: number;
                    name: string;
                    passed: boolean;
                }[];
                /** @description What keeps the file, or the model it names, from being run. */
                diagnostics: components["schemas"]["Diagnostic"][];
                file: string;
            }[];
            passed: number;
        };
        ScenarioResultsInput: {
            failed: number;
            files: {
                cases: {
                    failures: {
                        account: string | null;
                        /** @description The decision that was found. */
                        decision: {
                            [key: string]: unknown;
                        } | null;
                        /** @description What is wrong with the scenario itself, where it is no mismatch. */
                        error: string | null;
                        mismatches: {
                            actual: unknown;
                            expected: unknown;
                            what: string;
                        }[];
                        /** @description From 1; 0: the case's own `expect`. */
                        step: number;
                    }[];
                    line: number;
                    name: string;
                    passed: boolean;
                }[];
                /** @description What keeps the file, or the model it names, from being run. */
                diagnostics: components["schemas"]["DiagnosticInput"][];
                file: string;
            }[];
            passed: number;
        };
        Segment: {
            accounts: number;
            dimension: string | null;
            name: string;
        };
        SegmentInput: {
            accounts: number;
            dimension: string | null;
            name: string;
        };
        SegmentOverlaps: {
            accounts: number;
            /** Format: date-time */
            as_of: string;
            /** @description Accounts in both; pairs that share none are left out. */
            pairs: {
                a: string;
                accounts: number;
                b: string;
                revenue: number;
            }[];
            revenue: number;
            segments: {
                accounts: number;
                dimension: string | null;
                name: string;
                revenue: number;
            }[];
        };
        SegmentOverlapsInput: {
            accounts: number;
            /** Format: date-time */
            as_of: string;
            /** @description Accounts in both; pairs that share none are left out. */
            pairs: {
                a: string;
                accounts: number;
                b: string;
                revenue: number;
            }[];
            revenue: number;
            segments: {
                accounts: number;
                dimension: string | null;
                name: string;
                revenue: number;
            }[];
        };
        StuckAccounts: {
            items: {
                days: number;
                id: string;
                name: string | null;
                open: {
                    /** @description null: unknown. */
                    met: boolean | null;
                    name: string;
                }[];
                owner: string | null;
                revenue: number | null;
                /** Format: date */
                since: string;
            }[];
            total: number;
        };
        StuckAccountsInput: {
            items: {
                days: number;
                id: string;
                name: string | null;
                open: {
                    /** @description null: unknown. */
                    met: boolean | null;
                    name: string;
                }[];
                owner: string | null;
                revenue: number | null;
                /** Format: date */
                since: string;
            }[];
            total: number;
        };
        SuggestedOwners: {
            model: string;
            nobody_fits: {
                account: string;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                level: string;
                name: string | null;
                owner: string | null;
                reason: string;
                revenue: number | null;
            }[];
            people: {
                after: {
                    accounts: number;
                    minutes: number;
                };
                before: {
                    accounts: number;
                    minutes: number;
                };
                capacity: number | null;
                id: string;
                name: string;
            }[];
            suggestions: {
                account: string;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                from: string | null;
                from_name: string | null;
                level: string;
                minutes: number;
                name: string | null;
                pod: string | null;
                reasons: string[];
                revenue: number | null;
                /** @description null: nobody in particular. */
                to: string | null;
                to_name: string | null;
            }[];
            /** Format: date */
            today: string;
            /** Format: date */
            until: string;
            weeks: number;
        };
        SuggestedOwnersInput: {
            model: string;
            nobody_fits: {
                account: string;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                level: string;
                name: string | null;
                owner: string | null;
                reason: string;
                revenue: number | null;
            }[];
            people: {
                after: {
                    accounts: number;
                    minutes: number;
                };
                before: {
                    accounts: number;
                    minutes: number;
                };
                capacity: number | null;
                id: string;
                name: string;
            }[];
            suggestions: {
                account: string;
                /**
                 * @description What kind of owner the level asks for.
                 * @enum {string}
                 */
                by: "csm" | "pod" | "pool" | "automation";
                from: string | null;
                from_name: string | null;
                level: string;
                minutes: number;
                name: string | null;
                pod: string | null;
                reasons: string[];
                revenue: number | null;
                /** @description null: nobody in particular. */
                to: string | null;
                to_name: string | null;
            }[];
            /** Format: date */
            today: string;
            /** Format: date */
            until: string;
            weeks: number;
        };
        Suppression: {
            /** @description SHA-256 of the address in small letters, in hex: the address itself is not kept. */
            address: string;
            /** @description A channel, or `all`. */
            channel: string;
            /** @description `unsubscribed`, `complained`, `bounced`, `erased`. */
            reason: string;
            /** Format: date-time */
            since: string;
        };
        SuppressionInput: {
            /** @description SHA-256 of the address in small letters, in hex: the address itself is not kept. */
            address: string;
            /** @description A channel, or `all`. */
            channel: string;
            /** @description `unsubscribed`, `complained`, `bounced`, `erased`. */
            reason: string;
            /** Format: date-time */
            since: string;
        };
        Survey: {
            answers: number;
            highest: number;
            lowest: number;
            name: string;
            scores: {
                [key: string]: number;
            };
        };
        SurveyAnswer: {
            account: string;
            /** Format: date-time */
            at: string;
            comment: string | null;
            contact: string | null;
            id: string;
            score: number;
            survey: string;
            touch: string | null;
            user: string | null;
        };
        SurveyAnswerInput: {
            account: string;
            /** Format: date-time */
            at: string;
            comment: string | null;
            contact: string | null;
            id: string;
            score: number;
            survey: string;
            touch: string | null;
            user: string | null;
        };
        SurveyAnswerResult: {
            account?: string;
            id?: string;
            reason?: string;
            /** @enum {string} */
            status: "recorded" | "unchanged" | "refused";
        };
        SurveyAnswerResultInput: {
            account?: string;
            id?: string;
            reason?: string;
            /** @enum {string} */
            status: "recorded" | "unchanged" | "refused";
        };
        SurveyInput: {
            answers: number;
            highest: number;
            lowest: number;
            name: string;
            scores: {
                [key: string]: number;
            };
        };
        TalliedTouch: {
            account: string;
            account_name: string | null;
            channel: string;
            /** Format: date */
            due: string;
            human: boolean;
            id: string;
            /** @description The level the account has now. */
            level: string | null;
            minutes: number;
            owner: string | null;
            reason: string | null;
            result: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            title: string;
        };
        TalliedTouchInput: {
            account: string;
            account_name: string | null;
            channel: string;
            /** Format: date */
            due: string;
            human: boolean;
            id: string;
            /** @description The level the account has now. */
            level: string | null;
            minutes: number;
            owner: string | null;
            reason: string | null;
            result: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            title: string;
        };
        TeamMember: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            email: string | null;
            ends_on: string | null;
            hours_per_week: number | null;
            id: string;
            languages: string[];
            leave: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            }[];
            name: string | null;
            pod: string | null;
            region: string | null;
            role: string | null;
            skills: string[];
            starts_on: string | null;
            timezone: string | null;
        };
        TeamMemberInput: {
            access: ("csm" | "leader" | "ops" | "admin") | null;
            email: string | null;
            ends_on: string | null;
            hours_per_week: number | null;
            id: string;
            languages: string[];
            leave: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            }[];
            name: string | null;
            pod: string | null;
            region: string | null;
            role: string | null;
            skills: string[];
            starts_on: string | null;
            timezone: string | null;
        };
        Template: {
            /** @description The demo book is decided by it. */
            is_demo: boolean;
            levels: {
                accounts_per_owner: number | null;
                by: string;
                name: string;
                /** @description The longest silence, in days. */
                often: number | null;
            }[];
            name: string;
            needs: string;
            programs: number;
            story: string;
            suits: string;
            title: string;
        };
        TemplateInput: {
            /** @description The demo book is decided by it. */
            is_demo: boolean;
            levels: {
                accounts_per_owner: number | null;
                by: string;
                name: string;
                /** @description The longest silence, in days. */
                often: number | null;
            }[];
            name: string;
            needs: string;
            programs: number;
            story: string;
            suits: string;
            title: string;
        };
        TemplateNeeds: {
            accounts: number;
            contacts: number;
            events: {
                event: string;
                events: number;
                facts: string[];
                meant: string | null;
                uses: {
                    /** @enum {string} */
                    block: "health" | "lifecycle" | "segments" | "levels" | "programs";
                    name: string;
                }[];
                without: string | null;
            }[];
            spare_events: string[];
            /** @description Here, and not asked for. */
            spare_traits: string[];
            template: string;
            traits: {
                /** @description Accounts that have it. */
                accounts: number;
                /** @description Stands in where it is missing; null: it stays unknown. */
                default: string | number | boolean | null;
                fact: string;
                /** @description A trait here that it may be. */
                meant: string | null;
                trait: string;
                type: string;
                unit: string | null;
                uses: {
                    /** @enum {string} */
                    block: "health" | "lifecycle" | "segments" | "levels" | "programs";
                    name: string;
                }[];
                values: string[];
                /** @description What happens without it. */
                without: string | null;
            }[];
        };
        TemplateNeedsInput: {
            accounts: number;
            contacts: number;
            events: {
                event: string;
                events: number;
                facts: string[];
                meant: string | null;
                uses: {
                    /** @enum {string} */
                    block: "health" | "lifecycle" | "segments" | "levels" | "programs";
                    name: string;
                }[];
                without: string | null;
            }[];
            spare_events: string[];
            /** @description Here, and not asked for. */
            spare_traits: string[];
            template: string;
            traits: {
                /** @description Accounts that have it. */
                accounts: number;
                /** @description Stands in where it is missing; null: it stays unknown. */
                default: string | number | boolean | null;
                fact: string;
                /** @description A trait here that it may be. */
                meant: string | null;
                trait: string;
                type: string;
                unit: string | null;
                uses: {
                    /** @enum {string} */
                    block: "health" | "lifecycle" | "segments" | "levels" | "programs";
                    name: string;
                }[];
                values: string[];
                /** @description What happens without it. */
                without: string | null;
            }[];
        };
        /** @description Something happened, or became of a touch. */
        TimelineEvent: {
            /** Format: date-time */
            at: string;
            by_touchstone: boolean;
            event: string;
            /** @constant */
            kind: "event";
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            properties: {
                [key: string]: unknown;
            };
            /** @description What happened, in words. */
            text: string;
            touch: {
                id: string;
                minutes_spent: number | null;
                note: string | null;
                owner: string | null;
                reason: string | null;
                title: string;
            } | null;
            user: string | null;
        };
        /** @description Something happened, or became of a touch. */
        TimelineEventInput: {
            /** Format: date-time */
            at: string;
            by_touchstone: boolean;
            event: string;
            /** @constant */
            kind: "event";
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            properties: {
                [key: string]: unknown;
            };
            /** @description What happened, in words. */
            text: string;
            touch: {
                id: string;
                minutes_spent: number | null;
                note: string | null;
                owner: string | null;
                reason: string | null;
                title: string;
            } | null;
            user: string | null;
        };
        /** @description The account's level or stage moved; or another model went live and something of it moved. */
        TimelineMoves: {
            /** Format: date-time */
            at: string;
            cause: string;
            /** Format: date */
            day: string;
            first: boolean;
            /** @constant */
            kind: "decision";
            model_version: number;
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            moves: {
                from: string | null;
                to: string | null;
                /** @enum {string} */
                what: "level" | "stage";
                why: string;
            }[];
            programs_began: string[];
            programs_ended: string[];
            /** @description What happened, in words. */
            text: string;
        };
        /** @description The account's level or stage moved; or another model went live and something of it moved. */
        TimelineMovesInput: {
            /** Format: date-time */
            at: string;
            cause: string;
            /** Format: date */
            day: string;
            first: boolean;
            /** @constant */
            kind: "decision";
            model_version: number;
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            moves: {
                from: string | null;
                to: string | null;
                /** @enum {string} */
                what: "level" | "stage";
                why: string;
            }[];
            programs_began: string[];
            programs_ended: string[];
            /** @description What happened, in words. */
            text: string;
        };
        /** @description Somebody changed something by hand. */
        TimelinePerson: {
            /** Format: date-time */
            at: string;
            by: string | null;
            details: unknown;
            /** @constant */
            kind: "person";
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            reason: string | null;
            /** @description What happened, in words. */
            text: string;
            what: string;
        };
        /** @description Somebody changed something by hand. */
        TimelinePersonInput: {
            /** Format: date-time */
            at: string;
            by: string | null;
            details: unknown;
            /** @constant */
            kind: "person";
            /** @description What belongs to it: why, what was noted. */
            more: string[];
            reason: string | null;
            /** @description What happened, in words. */
            text: string;
            what: string;
        };
        /** @description Somebody's day, in the order of what matters. */
        Today: {
            coming: components["schemas"]["ToDo"][];
            /** @description There are more than these: the earliest are shown. */
            cut: boolean;
            done: {
                account: string;
                account_name: string | null;
                accountable: string | null;
                action_items: {
                    done: boolean;
                    due: string | null;
                    owner: string | null;
                    text: string;
                }[];
                by: string;
                channel: string;
                contact: string | null;
                contact_name: string | null;
                done_at: string | null;
                drives: string | null;
                /** Format: date */
                due: string;
                id: string;
                minutes: number;
                minutes_spent: number | null;
                model_version: number;
                note: string | null;
                occurrence: number;
                owner: string | null;
                /** Format: date-time */
                planned_at: string;
                program: string | null;
                purpose: string;
                reason: string | null;
                result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
                run: number | null;
                starts_at: string | null;
                /** @enum {string} */
                status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
                step: string | null;
                title: string;
                touchpoint: string;
            }[];
            due: components["schemas"]["ToDo"][];
            /** @description null: of everybody, or nobody's in particular. */
            load: {
                unfit: {
                    account: string;
                    account_name: string | null;
                    /** Format: date */
                    due: string;
                    id: string;
                    minutes: number;
                    must: boolean;
                    revenue: number | null;
                    title: string;
                    /** Format: date */
                    week: string;
                }[];
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    days: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        /** Format: date */
                        day: string;
                        minutes: number;
                        touches: number;
                        working: boolean;
                    }[];
                    minutes: number;
                    touches: number;
                    /** Format: date */
                    week: string;
                }[];
            } | null;
            model: {
                name: string;
                version: number;
            };
            /** @description The first one after the weeks looked at. */
            next: components["schemas"]["ToDo"] | null;
            /** Format: date-time */
            now: string;
            /** @description Due and nobody's in particular, of their pod, pool or role: theirs to take (assign). At most 50. */
            open: components["schemas"]["ToDo"][];
            owner: {
                id: string;
                name: string;
            } | null;
            snoozed: components["schemas"]["ToDo"][];
            /** Format: date */
            today: string;
            /** @description Mondays of the weeks looked at. */
            weeks: string[];
        };
        /** @description Somebody's day, in the order of what matters. */
        TodayInput: {
            coming: components["schemas"]["ToDoInput"][];
            /** @description There are more than these: the earliest are shown. */
            cut: boolean;
            done: {
                account: string;
                account_name: string | null;
                accountable: string | null;
                action_items: {
                    done: boolean;
                    due: string | null;
                    owner: string | null;
                    text: string;
                }[];
                by: string;
                channel: string;
                contact: string | null;
                contact_name: string | null;
                done_at: string | null;
                drives: string | null;
                /** Format: date */
                due: string;
                id: string;
                minutes: number;
                minutes_spent: number | null;
                model_version: number;
                note: string | null;
                occurrence: number;
                owner: string | null;
                /** Format: date-time */
                planned_at: string;
                program: string | null;
                purpose: string;
                reason: string | null;
                result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
                run: number | null;
                starts_at: string | null;
                /** @enum {string} */
                status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
                step: string | null;
                title: string;
                touchpoint: string;
            }[];
            due: components["schemas"]["ToDoInput"][];
            /** @description null: of everybody, or nobody's in particular. */
            load: {
                unfit: {
                    account: string;
                    account_name: string | null;
                    /** Format: date */
                    due: string;
                    id: string;
                    minutes: number;
                    must: boolean;
                    revenue: number | null;
                    title: string;
                    /** Format: date */
                    week: string;
                }[];
                weeks: {
                    /** @enum {string} */
                    band: "green" | "amber" | "red" | "none";
                    /** @description Minutes there are; null: unknown. */
                    capacity: number | null;
                    days: {
                        /** @enum {string} */
                        band: "green" | "amber" | "red" | "none";
                        /** @description Minutes there are; null: unknown. */
                        capacity: number | null;
                        /** Format: date */
                        day: string;
                        minutes: number;
                        touches: number;
                        working: boolean;
                    }[];
                    minutes: number;
                    touches: number;
                    /** Format: date */
                    week: string;
                }[];
            } | null;
            model: {
                name: string;
                version: number;
            };
            /** @description The first one after the weeks looked at. */
            next: components["schemas"]["ToDoInput"] | null;
            /** Format: date-time */
            now: string;
            /** @description Due and nobody's in particular, of their pod, pool or role: theirs to take (assign). At most 50. */
            open: components["schemas"]["ToDoInput"][];
            owner: {
                id: string;
                name: string;
            } | null;
            snoozed: components["schemas"]["ToDoInput"][];
            /** Format: date */
            today: string;
            /** @description Mondays of the weeks looked at. */
            weeks: string[];
        };
        /** @description A touch on somebody's list. */
        ToDo: {
            account: string;
            account_name: string | null;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            asks: components["schemas"]["Asked"][];
            by: string;
            channel: string;
            contact: string | null;
            contact_name: string | null;
            /** @description Who does it: a member of the team, `pod:NAME`, `pool`, or a role. */
            doer: string;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            health: {
                band: string;
                score: number | null;
            };
            id: string;
            level: string | null;
            /** @description Whether whoever asks may change it. */
            may_change: boolean;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            must: boolean;
            note: string | null;
            occurrence: number;
            overdue_days: number;
            owner: string | null;
            /** @description Why it stands where it does, weightiest first. */
            place: string[];
            /** Format: date-time */
            planned_at: string;
            priority: string | null;
            program: string | null;
            purpose: string;
            reason: string | null;
            renews_on: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            /** @description What can become of it, likeliest first. */
            results: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed")[];
            revenue: number | null;
            run: number | null;
            snoozed_until: string | null;
            stage: string | null;
            /** @description The owner for whom the doer stands in, who is away or gone. */
            stands_in_for: string | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
            /** @description Why it is on the list now, with the values as they stand. */
            why: string;
        };
        /** @description A touch on somebody's list. */
        ToDoInput: {
            account: string;
            account_name: string | null;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            asks: components["schemas"]["AskedInput"][];
            by: string;
            channel: string;
            contact: string | null;
            contact_name: string | null;
            /** @description Who does it: a member of the team, `pod:NAME`, `pool`, or a role. */
            doer: string;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            health: {
                band: string;
                score: number | null;
            };
            id: string;
            level: string | null;
            /** @description Whether whoever asks may change it. */
            may_change: boolean;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            must: boolean;
            note: string | null;
            occurrence: number;
            overdue_days: number;
            owner: string | null;
            /** @description Why it stands where it does, weightiest first. */
            place: string[];
            /** Format: date-time */
            planned_at: string;
            priority: string | null;
            program: string | null;
            purpose: string;
            reason: string | null;
            renews_on: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            /** @description What can become of it, likeliest first. */
            results: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed")[];
            revenue: number | null;
            run: number | null;
            snoozed_until: string | null;
            stage: string | null;
            /** @description The owner for whom the doer stands in, who is away or gone. */
            stands_in_for: string | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
            /** @description Why it is on the list now, with the values as they stand. */
            why: string;
        };
        /** @description One planned or done interaction with an account. */
        Touch: {
            account: string;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            by: string;
            channel: string;
            contact: string | null;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            id: string;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            note: string | null;
            occurrence: number;
            owner: string | null;
            /** Format: date-time */
            planned_at: string;
            program: string | null;
            purpose: string;
            reason: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            run: number | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
        };
        /** @description What one needs for a call. */
        TouchBrief: {
            account: {
                id: string;
                name: string | null;
                owner: string | null;
                owner_name: string | null;
                /** Format: date */
                since: string;
                timezone: string | null;
            };
            action_items: {
                done: boolean;
                due: string | null;
                may_change: boolean;
                owner: string | null;
                text: string;
                title: string;
                touch: string;
            }[];
            appointment: {
                attendees: {
                    contact: string;
                    email: string | null;
                    name: string | null;
                }[];
                minutes: number;
                place: string | null;
                /** Format: date-time */
                starts_at: string;
            } | null;
            contact_count: number;
            contacts: {
                email: string | null;
                id: string;
                is_meant: boolean;
                name: string | null;
                opt_outs: string[];
                preferences: {
                    [key: string]: unknown;
                };
                role: string | null;
                timezone: string | null;
            }[];
            health: {
                band: string;
                caps: {
                    name: string;
                    rule: string;
                }[];
                coverage: number;
                measures: {
                    actual: {
                        [key: string]: string | number | boolean | null;
                    };
                    before: number | null;
                    name: string;
                    rule: string;
                    score: number | null;
                    /** @description How much of the score it makes, 0 to 1. */
                    share: number;
                    weight: number;
                }[];
                score: number | null;
                /** @description At the last touch. */
                was: {
                    band: string;
                    /** Format: date */
                    on: string;
                    score: number | null;
                } | null;
            } | null;
            level: {
                base: string;
                because: string[];
                held: boolean;
                name: string;
                pinned: {
                    reason: string;
                    until: string | null;
                } | null;
                /** Format: date */
                since: string;
            } | null;
            /** @description The day of the next of its series: on that day it is missed. */
            next_of_series: string | null;
            notes: {
                /** Format: date-time */
                at: string;
                by: string | null;
                id: string;
                note: string;
                touch: {
                    id: string;
                    title: string;
                } | null;
            }[];
            /** @description What is new since a person last touched the account. */
            since: {
                /** Format: date */
                day: string;
                entries: {
                    /** Format: date-time */
                    at: string;
                    /** @enum {string} */
                    kind: "event" | "decision" | "audit";
                    more: string[];
                    text: string;
                }[];
                facts: {
                    after: string | number | boolean | null;
                    before: string | number | boolean | null;
                    name: string;
                    unit: string | null;
                }[];
                touch: {
                    id: string;
                    result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
                    title: string;
                } | null;
            };
            stage: {
                exit: {
                    actual: {
                        [key: string]: string | number | boolean | null;
                    };
                    met: boolean | null;
                    name: string;
                    rule: string;
                }[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } | null;
            talking_points: {
                /** @description Cleaned; show nothing else of it than text. */
                html: string;
                preheader: string | null;
                /** @description What is wrong with the file. */
                problem: string | null;
                subject: string;
                text: string;
            } | null;
            touch: components["schemas"]["ToDo"];
        };
        /** @description What one needs for a call. */
        TouchBriefInput: {
            account: {
                id: string;
                name: string | null;
                owner: string | null;
                owner_name: string | null;
                /** Format: date */
                since: string;
                timezone: string | null;
            };
            action_items: {
                done: boolean;
                due: string | null;
                may_change: boolean;
                owner: string | null;
                text: string;
                title: string;
                touch: string;
            }[];
            appointment: {
                attendees: {
                    contact: string;
                    email: string | null;
                    name: string | null;
                }[];
                minutes: number;
                place: string | null;
                /** Format: date-time */
                starts_at: string;
            } | null;
            contact_count: number;
            contacts: {
                email: string | null;
                id: string;
                is_meant: boolean;
                name: string | null;
                opt_outs: string[];
                preferences: {
                    [key: string]: unknown;
                };
                role: string | null;
                timezone: string | null;
            }[];
            health: {
                band: string;
                caps: {
                    name: string;
                    rule: string;
                }[];
                coverage: number;
                measures: {
                    actual: {
                        [key: string]: string | number | boolean | null;
                    };
                    before: number | null;
                    name: string;
                    rule: string;
                    score: number | null;
                    /** @description How much of the score it makes, 0 to 1. */
                    share: number;
                    weight: number;
                }[];
                score: number | null;
                /** @description At the last touch. */
                was: {
                    band: string;
                    /** Format: date */
                    on: string;
                    score: number | null;
                } | null;
            } | null;
            level: {
                base: string;
                because: string[];
                held: boolean;
                name: string;
                pinned: {
                    reason: string;
                    until: string | null;
                } | null;
                /** Format: date */
                since: string;
            } | null;
            /** @description The day of the next of its series: on that day it is missed. */
            next_of_series: string | null;
            notes: {
                /** Format: date-time */
                at: string;
                by: string | null;
                id: string;
                note: string;
                touch: {
                    id: string;
                    title: string;
                } | null;
            }[];
            /** @description What is new since a person last touched the account. */
            since: {
                /** Format: date */
                day: string;
                entries: {
                    /** Format: date-time */
                    at: string;
                    /** @enum {string} */
                    kind: "event" | "decision" | "audit";
                    more: string[];
                    text: string;
                }[];
                facts: {
                    after: string | number | boolean | null;
                    before: string | number | boolean | null;
                    name: string;
                    unit: string | null;
                }[];
                touch: {
                    id: string;
                    result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
                    title: string;
                } | null;
            };
            stage: {
                exit: {
                    actual: {
                        [key: string]: string | number | boolean | null;
                    };
                    met: boolean | null;
                    name: string;
                    rule: string;
                }[];
                name: string;
                /** Format: date */
                since: string;
                /** @enum {string} */
                status: "on_track" | "overdue";
            } | null;
            talking_points: {
                /** @description Cleaned; show nothing else of it than text. */
                html: string;
                preheader: string | null;
                /** @description What is wrong with the file. */
                problem: string | null;
                subject: string;
                text: string;
            } | null;
            touch: components["schemas"]["ToDoInput"];
        };
        /** @description The touch, and how its account moved with it. */
        TouchDone: {
            moved: components["schemas"]["Movement"][];
            touch: components["schemas"]["Touch"];
        };
        /** @description The touch, and how its account moved with it. */
        TouchDoneInput: {
            moved: components["schemas"]["MovementInput"][];
            touch: components["schemas"]["TouchInput"];
        };
        /** @description One planned or done interaction with an account. */
        TouchInput: {
            account: string;
            accountable: string | null;
            action_items: {
                done: boolean;
                due: string | null;
                owner: string | null;
                text: string;
            }[];
            by: string;
            channel: string;
            contact: string | null;
            done_at: string | null;
            drives: string | null;
            /** Format: date */
            due: string;
            id: string;
            minutes: number;
            minutes_spent: number | null;
            model_version: number;
            note: string | null;
            occurrence: number;
            owner: string | null;
            /** Format: date-time */
            planned_at: string;
            program: string | null;
            purpose: string;
            reason: string | null;
            result: ("held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed") | null;
            run: number | null;
            starts_at: string | null;
            /** @enum {string} */
            status: "planned" | "due" | "deferred" | "sending" | "uncertain" | "done" | "missed" | "skipped" | "cancelled" | "dropped" | "failed";
            step: string | null;
            title: string;
            touchpoint: string;
        };
        /** @description Touches by the week in which they fell due. */
        TouchTallies: {
            cells: {
                human: boolean;
                /** @description The level the account has now. */
                level: string | null;
                minutes: number;
                /**
                 * @description `done`; `open`: still ahead or under way; `missed`: missed, skipped, dropped or failed; `off`: cancelled.
                 * @enum {string}
                 */
                outcome: "done" | "open" | "missed" | "off";
                touches: number;
                /** Format: date */
                week: string;
            }[];
            /** Format: date */
            from: string;
            levels: (string | null)[];
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
            weeks: string[];
        };
        /** @description Touches by the week in which they fell due. */
        TouchTalliesInput: {
            cells: {
                human: boolean;
                /** @description The level the account has now. */
                level: string | null;
                minutes: number;
                /**
                 * @description `done`; `open`: still ahead or under way; `missed`: missed, skipped, dropped or failed; `off`: cancelled.
                 * @enum {string}
                 */
                outcome: "done" | "open" | "missed" | "off";
                touches: number;
                /** Format: date */
                week: string;
            }[];
            /** Format: date */
            from: string;
            levels: (string | null)[];
            /** Format: date */
            to: string;
            /** Format: date */
            today: string;
            weeks: string[];
        };
        TouchWebhook: {
            /** @description Verifies signatures, in the Standard Webhooks way. */
            secret: string;
            /** @description `TOUCH_WEBHOOK_URL`; null: not set. */
            url: string | null;
        };
        TouchWebhookInput: {
            /** @description Verifies signatures, in the Standard Webhooks way. */
            secret: string;
            /** @description `TOUCH_WEBHOOK_URL`; null: not set. */
            url: string | null;
        };
        UnattributedMessage: {
            /** Format: date-time */
            arrived: string;
            /** Format: date-time */
            at: string;
            content: {
                [key: string]: unknown;
            };
            event: string | null;
            id: string;
            /** @enum {string} */
            kind: "track" | "identify";
            /** @enum {string} */
            reason: "no_account" | "several_accounts" | "other_content";
            user: string;
            why: string;
        };
        UnattributedMessageInput: {
            /** Format: date-time */
            arrived: string;
            /** Format: date-time */
            at: string;
            content: {
                [key: string]: unknown;
            };
            event: string | null;
            id: string;
            /** @enum {string} */
            kind: "track" | "identify";
            /** @enum {string} */
            reason: "no_account" | "several_accounts" | "other_content";
            user: string;
            why: string;
        };
        UploadCheck: {
            bad_lines: number;
            counts: {
                [key: string]: {
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            /** @description The import file that does the same with `touchstone import`. */
            definition: string;
            dry_run: boolean;
            rejected: number;
            rejects: components["schemas"]["RejectedRow"][];
            shift_days: number;
            warnings: string[];
        };
        UploadCheckInput: {
            bad_lines: number;
            counts: {
                [key: string]: {
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            /** @description The import file that does the same with `touchstone import`. */
            definition: string;
            dry_run: boolean;
            rejected: number;
            rejects: components["schemas"]["RejectedRowInput"][];
            shift_days: number;
            warnings: string[];
        };
        UploadPreview: {
            bad_lines: number;
            bytes: number;
            columns: {
                /** @description Different values, nearly. */
                distinct: number;
                /** @description Rows that have a value. */
                filled: number;
                /** @enum {string} */
                kind: "number" | "boolean" | "date" | "time" | "text" | "nested";
                name: string;
                samples: string[];
                /** @description DuckDB's. */
                type: string;
            }[];
            first: {
                [key: string]: string | null;
            }[];
            first_bad_lines: {
                content: {
                    [key: string]: unknown;
                };
                reason: string;
                row: number;
            }[];
            /** @enum {string} */
            format: "csv" | "tsv" | "json" | "jsonl" | "parquet";
            /**
             * @description What it most likely is a list of.
             * @enum {string}
             */
            guess: "accounts" | "contacts" | "events" | "team";
            known: {
                columns: {
                    name: string;
                    required: boolean;
                }[];
                /** @enum {string} */
                kind: "accounts" | "contacts" | "events" | "team";
                /** @enum {string} */
                others: "trait" | "property" | "ignored";
            }[];
            name: string;
            rows: number;
            suggestions: {
                columns: {
                    from: string;
                    to: string;
                    /**
                     * @description `known`: it has a meaning of its own; `wanted`: the model asks for it; `own`: its own name.
                     * @enum {string}
                     */
                    why: "known" | "wanted" | "own";
                }[];
                /** @enum {string} */
                kind: "accounts" | "contacts" | "events" | "team";
                /** @description What every row needs and nothing looks like. */
                missing: string[];
            }[];
            /** @description Names the file for an hour. */
            upload: string;
            /** @description Traits that the touch model asks for. */
            wanted: {
                trait: string;
                type: string;
            }[];
            warnings: string[];
        };
        UploadPreviewInput: {
            bad_lines: number;
            bytes: number;
            columns: {
                /** @description Different values, nearly. */
                distinct: number;
                /** @description Rows that have a value. */
                filled: number;
                /** @enum {string} */
                kind: "number" | "boolean" | "date" | "time" | "text" | "nested";
                name: string;
                samples: string[];
                /** @description DuckDB's. */
                type: string;
            }[];
            first: {
                [key: string]: string | null;
            }[];
            first_bad_lines: {
                content: {
                    [key: string]: unknown;
                };
                reason: string;
                row: number;
            }[];
            /** @enum {string} */
            format: "csv" | "tsv" | "json" | "jsonl" | "parquet";
            /**
             * @description What it most likely is a list of.
             * @enum {string}
             */
            guess: "accounts" | "contacts" | "events" | "team";
            known: {
                columns: {
                    name: string;
                    required: boolean;
                }[];
                /** @enum {string} */
                kind: "accounts" | "contacts" | "events" | "team";
                /** @enum {string} */
                others: "trait" | "property" | "ignored";
            }[];
            name: string;
            rows: number;
            suggestions: {
                columns: {
                    from: string;
                    to: string;
                    /**
                     * @description `known`: it has a meaning of its own; `wanted`: the model asks for it; `own`: its own name.
                     * @enum {string}
                     */
                    why: "known" | "wanted" | "own";
                }[];
                /** @enum {string} */
                kind: "accounts" | "contacts" | "events" | "team";
                /** @description What every row needs and nothing looks like. */
                missing: string[];
            }[];
            /** @description Names the file for an hour. */
            upload: string;
            /** @description Traits that the touch model asks for. */
            wanted: {
                trait: string;
                type: string;
            }[];
            warnings: string[];
        };
        Webhook: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            note: string | null;
            /** @description Why it was switched off, where its receiver wanted it so. */
            stopped: string | null;
            types: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            url: string;
        };
        WebhookChange: {
            active?: boolean;
            note?: string | null;
            types?: unknown;
            /** Format: uri */
            url?: string;
        };
        WebhookChangeInput: {
            active?: boolean;
            note?: string | null;
            types?: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            /** Format: uri */
            url?: string;
        };
        WebhookInput: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            id: string;
            note: string | null;
            /** @description Why it was switched off, where its receiver wanted it so. */
            stopped: string | null;
            types: ("decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered")[];
            url: string;
        };
        WebhookMessage: {
            account: string;
            attempts: number;
            /** @description What went wrong the last time. */
            error: string | null;
            /** @description `webhook-id` of the message. */
            id: string;
            /** Format: date-time */
            made_at: string;
            payload: unknown;
            sent_at: string | null;
            /**
             * @description `dead`: given up after all tries; may be replayed.
             * @enum {string}
             */
            status: "queued" | "sending" | "sent" | "dead";
            /** @description When it is tried next. */
            try_at: string | null;
            /** @enum {string} */
            type: "decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered";
            webhook: string;
        };
        WebhookMessageInput: {
            account: string;
            attempts: number;
            /** @description What went wrong the last time. */
            error: string | null;
            /** @description `webhook-id` of the message. */
            id: string;
            /** Format: date-time */
            made_at: string;
            payload: unknown;
            sent_at: string | null;
            /**
             * @description `dead`: given up after all tries; may be replayed.
             * @enum {string}
             */
            status: "queued" | "sending" | "sent" | "dead";
            /** @description When it is tried next. */
            try_at: string | null;
            /** @enum {string} */
            type: "decision.changed" | "touch.planned" | "touch.due" | "touch.done" | "survey.answered";
            webhook: string;
        };
        WebhookPing: {
            delivered: boolean;
            error: string | null;
            /** @description What the receiver answered. */
            status: number | null;
        };
        WebhookPingInput: {
            delivered: boolean;
            error: string | null;
            /** @description What the receiver answered. */
            status: number | null;
        };
        WebhookReplay: {
            /** @description One message, which may have been sent before; default: all that are dead. */
            message?: string;
            /**
             * Format: date-time
             * @description Only messages made since then.
             */
            since?: string;
            webhook: string;
        };
        WebhookReplayInput: {
            /** @description One message, which may have been sent before; default: all that are dead. */
            message?: string;
            /**
             * Format: date-time
             * @description Only messages made since then.
             */
            since?: string;
            webhook: string;
        };
        WhatWouldChange: {
            band: {
                down: components["schemas"]["FactChange"][];
                up: components["schemas"]["FactChange"][];
            };
            /** @description The level asked for, before any hold. */
            level: {
                down: components["schemas"]["FactChange"][];
                up: components["schemas"]["FactChange"][];
            };
            /** @description By place: `base/0`, `adjust/NAME`, `exit/NAME`, `segments/NAME/ENTRY`, … */
            rules: {
                [key: string]: components["schemas"]["FactChange"][];
            };
            stage: components["schemas"]["FactChange"][];
        };
        WhatWouldChangeInput: {
            band: {
                down: components["schemas"]["FactChangeInput"][];
                up: components["schemas"]["FactChangeInput"][];
            };
            /** @description The level asked for, before any hold. */
            level: {
                down: components["schemas"]["FactChangeInput"][];
                up: components["schemas"]["FactChangeInput"][];
            };
            /** @description By place: `base/0`, `adjust/NAME`, `exit/NAME`, `segments/NAME/ENTRY`, … */
            rules: {
                [key: string]: components["schemas"]["FactChangeInput"][];
            };
            stage: components["schemas"]["FactChangeInput"][];
        };
        WholeImportRun: {
            bad_lines: number;
            by: string | null;
            counts: {
                [key: string]: {
                    /** @description While it runs: rows that were looked at. */
                    done: number;
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            /** @description The import file that it ran by. */
            definition: string | null;
            ended_at: string | null;
            error: string | null;
            file: string;
            id: string;
            /** @description `accounts`, …; `file`: an import file. */
            kind: string;
            rejected: number;
            /** @description The first rows that stayed out. */
            rejects: components["schemas"]["RejectedRow"][];
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            status: "running" | "done" | "broken";
            warnings: string[];
        };
        WholeImportRunInput: {
            bad_lines: number;
            by: string | null;
            counts: {
                [key: string]: {
                    /** @description While it runs: rows that were looked at. */
                    done: number;
                    read: number;
                    rejected: number;
                    unchanged: number;
                    written: number;
                };
            };
            /** @description The import file that it ran by. */
            definition: string | null;
            ended_at: string | null;
            error: string | null;
            file: string;
            id: string;
            /** @description `accounts`, …; `file`: an import file. */
            kind: string;
            rejected: number;
            /** @description The first rows that stayed out. */
            rejects: components["schemas"]["RejectedRowInput"][];
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            status: "running" | "done" | "broken";
            warnings: string[];
        };
        Workspace: {
            /** @description Health bands, best first. */
            bands: string[];
            currency: string;
            /** @description Highest first. */
            levels: string[];
            /** @description What is live; null: nothing yet. */
            model: {
                name: string;
                version: number;
            } | null;
            /** @description The fact shown where renewals are shown. */
            renewal: string | null;
            /** @description The fact shown where money is shown. */
            revenue: string | null;
            /** @description `values`: the segments of a dimension; null: in it or not. */
            segments: {
                name: string;
                values: string[] | null;
            }[];
            /** @description false: a dry run, nothing leaves the house. */
            sends: boolean;
            /** @description In the lifecycle's order. */
            stages: string[];
            timezone: string;
            /**
             * Format: date
             * @description In the workspace's time zone.
             */
            today: string;
            /** @description Of Touchstone. */
            version: string;
            /** @description 1 is Monday, 7 is Sunday. */
            working_days: number[];
        };
        WorkspaceInput: {
            /** @description Health bands, best first. */
            bands: string[];
            currency: string;
            /** @description Highest first. */
            levels: string[];
            /** @description What is live; null: nothing yet. */
            model: {
                name: string;
                version: number;
            } | null;
            /** @description The fact shown where renewals are shown. */
            renewal: string | null;
            /** @description The fact shown where money is shown. */
            revenue: string | null;
            /** @description `values`: the segments of a dimension; null: in it or not. */
            segments: {
                name: string;
                values: string[] | null;
            }[];
            /** @description false: a dry run, nothing leaves the house. */
            sends: boolean;
            /** @description In the lifecycle's order. */
            stages: string[];
            timezone: string;
            /**
             * Format: date
             * @description In the workspace's time zone.
             */
            today: string;
            /** @description Of Touchstone. */
            version: string;
            /** @description 1 is Monday, 7 is Sunday. */
            working_days: number[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description As they stood on a past day, by the model that was live then; without `sort`. `stored` says whether that day's decision was stored, or was worked out now. Names and owners are today's. */
                at?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                level?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Team member's id; `none`: of nobody. */
                owner?: string;
                /** @description Beginning of an id, or part of a name. */
                q?: string;
                /** @description `id`, `name`, `owner`, `created_at`, a fact or anything a rule may name; `-name` turns it around. Without it: a fixed order that costs nothing. */
                sort?: string;
                stage?: string;
                state?: "open" | "decided" | "undecided" | "closed" | "all";
                /** @description A rule: `level == "high" && health < 50`. Decided accounts only. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountInList"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    editAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string | null;
                    owner?: string | null;
                    /** @description Why; kept in the audit log. */
                    reason?: string;
                    /** @description Trait → value; null clears it. */
                    traits?: {
                        [key: string]: string | number | boolean | null;
                    };
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    accountDecisions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PastDecision"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    explainAccount: {
        parameters: {
            query?: {
                /** @description A day like 2026-03-02. */
                at?: string;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
        };
    };
    accountFacts: {
        parameters: {
            query?: {
                /** @description A day like 2026-03-02. */
                at?: string;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountFacts"];
                };
            };
        };
    };
    accountHistory: {
        parameters: {
            query?: {
                /** @description Numeric facts, with commas: `arr,logins`. */
                facts?: string;
                /** @description Default: 90 days up to the last. */
                from?: string;
                /** @description The last day, included; default: today. */
                to?: string;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountHistory"];
                };
            };
        };
    };
    listNotes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountNote"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is to be remembered. */
                    note: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountNote"];
                };
            };
        };
    };
    changeNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                note: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is to be remembered. */
                    note: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountNote"];
                };
            };
        };
    };
    removeNote: {
        parameters: {
            query?: {
                /** @description Why; kept in the audit log. */
                reason?: string;
            };
            header?: never;
            path: {
                account: string;
                note: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    assignOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: nobody in particular. */
                    owner: string | null;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnersChanged"];
                };
            };
        };
    };
    pinLevel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    level: string;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                    until?: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChanged"];
                };
            };
        };
    };
    startProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                program: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For programs `for: contact`. */
                    contact?: string | null;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChanged"];
                };
            };
        };
    };
    stopProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                program: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For programs `for: contact`. */
                    contact?: string | null;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChanged"];
                };
            };
        };
    };
    setStage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the audit log. */
                    reason: string;
                    stage: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChanged"];
                };
            };
        };
    };
    accountTies: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountTies"];
                };
            };
        };
    };
    accountTimeline: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description Which of what the users did: what programs wait for, and first times (important), all, or none. */
                events?: "important" | "all" | "none";
                /** @description A day like 2026-03-02. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: (components["schemas"]["TimelineEvent"] | components["schemas"]["TimelineMoves"] | components["schemas"]["TimelinePerson"])[];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    unpinLevel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChanged"];
                };
            };
        };
    };
    accountUsage: {
        parameters: {
            query?: {
                by?: "day" | "week";
                /** @description Default: 90 days up to the last. */
                from?: string;
                /** @description The last day, included; default: today. */
                to?: string;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountUsage"];
                };
            };
        };
    };
    whatWouldChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatWouldChange"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                account?: string;
                by?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description A time like 2026-03-02T15:00:00Z. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description A time like 2026-03-02T15:00:00Z. */
                to?: string;
                /** @description Part of what was done: `pinned`, `key`. */
                what?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BulkRun"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    startBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description These accounts, instead of a filter. */
                    accounts?: string[];
                    action: components["schemas"]["BulkActionInput"];
                    /** @description All accounts that match. */
                    filter?: {
                        band?: string[];
                        level?: string[];
                        owner?: string[];
                        q?: string;
                        renewal_within?: number;
                        segment?: string[];
                        stage?: string[];
                        where?: string;
                    };
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRun"];
                };
            };
        };
    };
    getBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRun"];
                };
            };
        };
    };
    previewBulk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description These accounts, instead of a filter. */
                    accounts?: string[];
                    action: components["schemas"]["BulkActionInput"];
                    /** @description All accounts that match. */
                    filter?: {
                        band?: string[];
                        level?: string[];
                        owner?: string[];
                        q?: string;
                        renewal_within?: number;
                        segment?: string[];
                        stage?: string[];
                        where?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkPreview"];
                };
            };
        };
    };
    capacity: {
        parameters: {
            query?: {
                /** @description `ROLE`, `ROLE:POD` or `ROLE:POD@FIRST-DAY`. */
                add_head?: string;
                /** @description `ID:FIRST-DAY..LAST-DAY`. */
                leave?: string;
                weeks?: number;
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                who?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Capacity"];
                };
            };
        };
    };
    listThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LevelThreshold"][];
                    };
                };
            };
        };
    };
    listTouchesBehind: {
        parameters: {
            query: {
                /** @description A person's id, `pod:NAME`, `pool` or a role. */
                doer: string;
                /** @description A Monday that capacity lists. */
                week?: string;
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account: string;
                            account_name: string | null;
                            /** @description A person's id, `pod:NAME`, `pool` or a role. */
                            doer: string;
                            /** Format: date */
                            due: string;
                            fits: boolean;
                            id: string;
                            level: string | null;
                            minutes: number;
                            must: boolean;
                            program: string | null;
                            revenue: number | null;
                            title: string;
                            touchpoint: string;
                            /** Format: date */
                            week: string;
                        }[];
                    };
                };
            };
        };
    };
    capacityWhatIf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    heads?: {
                        count: number;
                        pod?: string | null;
                        role: string;
                    }[];
                    /** @description Hours a week that each person has more, or fewer. */
                    hours?: number;
                    leave?: {
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        from: string;
                        member: string;
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        to: string;
                    }[];
                    thresholds?: {
                        id: string;
                        value: number;
                    }[];
                    weeks?: number;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapacityWhatIf"];
                };
            };
        };
    };
    listTriedTouches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A person's id, `pod:NAME`, `pool` or a role. */
                    doer: string;
                    heads?: {
                        count: number;
                        pod?: string | null;
                        role: string;
                    }[];
                    /** @description Hours a week that each person has more, or fewer. */
                    hours?: number;
                    leave?: {
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        from: string;
                        member: string;
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        to: string;
                    }[];
                    thresholds?: {
                        id: string;
                        value: number;
                    }[];
                    /**
                     * Format: date
                     * @description A day like 2026-03-02.
                     */
                    week?: string;
                    weeks?: number;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account: string;
                            account_name: string | null;
                            /** @description A person's id, `pod:NAME`, `pool` or a role. */
                            doer: string;
                            /** Format: date */
                            due: string;
                            fits: boolean;
                            id: string;
                            level: string | null;
                            minutes: number;
                            must: boolean;
                            program: string | null;
                            revenue: number | null;
                            title: string;
                            touchpoint: string;
                            /** Format: date */
                            week: string;
                        }[];
                    };
                };
            };
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChannelState"][];
                        next_cursor: null;
                        /** @description false: a dry run, nothing leaves. */
                        sends: boolean;
                    };
                };
            };
        };
    };
    listChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Check"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                account?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                email?: string;
                /** @description How many at most. */
                limit?: number;
                opted_out?: "true" | "false";
                /** @description Part of a name or an address, or beginning of an id. */
                q?: string;
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedContact"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    putContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email?: string | null;
                    locale?: string | null;
                    name?: string | null;
                    /** @description Why; kept in the audit log. */
                    reason?: string;
                    role?: string | null;
                    timezone?: string | null;
                    /** @description Trait → value; null clears it. */
                    traits?: {
                        [key: string]: string | number | boolean | null;
                    };
                    user?: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    eraseContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Kept in the audit log: name nobody in it. */
                    reason: string;
                    /**
                     * @description Its addresses are not to be written to should an import bring them back.
                     * @default false
                     */
                    suppress?: boolean;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactErased"];
                };
            };
        };
    };
    exportContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactExport"];
                };
            };
        };
    };
    setOptOuts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description email, in_app, call, video, in_person, webinar, or `all`. */
                    channels: string[];
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    dataQuality: {
        parameters: {
            query?: {
                /** @description Days after which an event or import counts as stopped. */
                stale_after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataQuality"];
                };
            };
        };
    };
    dataGapRows: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                gap: "owner" | "contacts" | "email";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DataGapRow"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listDecisions: {
        parameters: {
            query?: {
                account?: string;
                /** @description A past day. */
                at?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedDecision"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    exportAccounts: {
        parameters: {
            query?: {
                /** @description Band of health. */
                band?: string;
                /** @description Names of columns, with commas between them (`/api/portfolio/columns`); without it: all, of decided accounts. */
                columns?: string;
                level?: string;
                /** @description Team members' ids; `none`: of nobody. */
                owner?: string;
                /** @description Beginning of an id, or part of a name. */
                q?: string;
                /** @description The renewal lies at most so many days ahead. */
                renewal_within?: number;
                /** @description In all of these: `losing_interest`, or `value:small` of several. */
                segment?: string;
                sort?: string;
                stage?: string;
                /** @description A rule: `level == "high" && health < 50`. Decided accounts only. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    exportTouches: {
        parameters: {
            query?: {
                account?: string;
                channel?: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
                contact?: string;
                /** @description Due on or after this day. */
                from?: string;
                /** @description Done by people, or by automation. */
                human?: "true" | "false";
                /** @description Team member's id: theirs, and those in which they stand in for somebody; `none`: of nobody in particular. */
                owner?: string;
                program?: string;
                /** @description One status, or several with commas: `planned,due`. */
                status?: string;
                /** @description Due on or before this day. */
                to?: string;
                touchpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    facts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FactLine"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    getFirstRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstRun"];
                };
            };
        };
    };
    chooseTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstRunChoiceInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstRun"];
                };
            };
        };
    };
    loadDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description It is to be loaded: no empty request does it.
                     * @enum {boolean}
                     */
                    confirm: true;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstRun"];
                };
            };
        };
    };
    getChosenModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChosenModel"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ImportRun"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    importFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The text of the import file. */
                    definition: string;
                    /** @default false */
                    dry_run?: boolean;
                    /** @description The files that it names: name → `{text}` or `{base64}`. */
                    files: {
                        [key: string]: {
                            /** Format: byte */
                            base64?: string;
                            text?: string;
                        };
                    };
                    /** @description What is imported, the same each time: what is remembered goes by it. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
        };
    };
    importFile: {
        parameters: {
            query?: {
                dry_run?: "true" | "false";
                /** @description The column with the row's id. */
                id?: string;
                /** @description The file's name; its ending says what it is. Default: CSV. */
                name?: string;
            };
            header?: never;
            path: {
                kind: "accounts" | "contacts" | "events";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeImportRun"];
                };
            };
        };
    };
    downloadRejects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query: {
                /** @description Its ending says what it is: csv, tsv, json, jsonl, parquet, also .gz. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreview"];
                };
            };
        };
    };
    checkUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportMappingInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCheck"];
                };
            };
        };
    };
    importUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportMappingInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        run: string;
                    };
                };
            };
        };
    };
    previewUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    csv: components["schemas"]["FileReadingInput"];
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreview"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                    };
                };
            };
        };
    };
    makeKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKeyInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    lifecycleFlow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleFlow"];
                };
            };
        };
    };
    stuckAccounts: {
        parameters: {
            query?: {
                /** @description Only those for which this one is open. */
                criterion?: string;
                limit?: number;
            };
            header?: never;
            path: {
                stage: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckAccounts"];
                };
            };
        };
    };
    listenLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    previewMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account: string;
                    /** @description Id, address or name; default: the first who could receive it. */
                    contact?: string;
                    /** @description A model with its messages that is not live (yet); default: the live one. */
                    draft?: {
                        /**
                         * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                         * @default {}
                         */
                        messages?: {
                            [key: string]: string;
                        };
                        /** @description The text of the model file. */
                        source: string;
                    };
                    touchpoint: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePreview"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ModelVersion"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: "live" | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
        };
    };
    applyModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Codes of blocking problems to accept.
                     * @default []
                     */
                    allow?: string[];
                    /**
                     * @description Whether accounts that match already start its programs too (`all`, the default) or only those that come to match (`new`).
                     * @enum {string}
                     */
                    existing?: "all" | "new";
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /** @description The answer of /api/models/plan: refused (`plan-outdated`) where the live model, the accounts that move or a blocking problem are others by now. */
                    plan?: {
                        /** @enum {string} */
                        existing: "all" | "new";
                        live: ({
                            hash: string;
                            name: string;
                            version: number;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        moves: ({
                            account: string;
                            name: string | null;
                            reasons: ({
                                from: string | null;
                                to: string | null;
                                what: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        } & {
                            [key: string]: unknown;
                        })[];
                        problems: ({
                            allowed: boolean;
                            code: string;
                            /** @enum {string} */
                            severity: "blocking" | "warning";
                            where: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                    /** @description Why; kept in the audit log. */
                    reason: string;
                    /** @description Scenario files to keep beside the model in place of those there are; left out: they stay. */
                    scenarios?: {
                        [key: string]: string;
                    };
                    /**
                     * Format: date
                     * @description The first model: decide the days since then one by one (default: 90).
                     */
                    since?: string;
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: number;
                        decided: number;
                        is_new: boolean;
                        moving: number;
                        touches: number;
                        version: number;
                        warnings: components["schemas"]["Diagnostic"][];
                    };
                };
            };
        };
    };
    listModelChanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ModelChange"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    compareModels: {
        parameters: {
            query: {
                from: number;
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDifference"];
                };
            };
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        draft: components["schemas"]["ModelDraft"] | null;
                    };
                };
            };
        };
    };
    keepDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base: number | null;
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /** @description The `rev` that you have read, null where there was none: refused (`changed-by-other`) where it was kept from elsewhere since. */
                    rev: number | null;
                    /**
                     * @description Scenario files: `scenarios.yaml` → its text.
                     * @default {}
                     */
                    scenarios?: {
                        [key: string]: string;
                    };
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        live: number | null;
                        rev: number;
                    };
                };
            };
        };
    };
    dropDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dropped: boolean;
                    };
                };
            };
        };
    };
    modelImpact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    existing?: "all" | "new";
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelImpact"];
                };
            };
        };
    };
    planModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Codes of blocking problems to accept.
                     * @default []
                     */
                    allow?: string[];
                    /**
                     * @description Whether accounts that match already start its programs too (`all`, the default) or only those that come to match (`new`).
                     * @enum {string}
                     */
                    existing?: "all" | "new";
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /**
                     * Format: date
                     * @description The first model: decide the days since then one by one (default: 90).
                     */
                    since?: string;
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPlan"];
                };
            };
        };
    };
    previewRollback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The same, with what has happened since. */
                            caught_up: number;
                            /** @description Known only since, or long ago. */
                            decided_anew: number;
                            /** @description People have set their stage or programs since: they stay. */
                            kept_by_hand: number;
                            /** @description As they were found when the version went live. */
                            restored: number;
                            total: number;
                        };
                        from: {
                            name: string;
                            version: number;
                        };
                        /** @description False: what the version found is not kept any more. */
                        is_kept: boolean;
                        to: {
                            name: string;
                            version: number;
                        };
                        touches: {
                            /** @description Made by the version and not gone out or done. */
                            removed: number;
                            restored: number;
                            /** @description Made by the version, and gone out or done: they stay. */
                            staying: {
                                account: string;
                                /** Format: date */
                                due: string;
                                id: string;
                                result: string | null;
                                status: string;
                                title: string;
                                touchpoint: string;
                            }[];
                        };
                    };
                };
            };
        };
    };
    rollbackModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The same, with what has happened since. */
                            caught_up: number;
                            /** @description Known only since, or long ago. */
                            decided_anew: number;
                            /** @description People have set their stage or programs since: they stay. */
                            kept_by_hand: number;
                            /** @description As they were found when the version went live. */
                            restored: number;
                            total: number;
                        };
                        from: {
                            name: string;
                            version: number;
                        };
                        /** @description False: what the version found is not kept any more. */
                        is_kept: boolean;
                        to: {
                            name: string;
                            version: number;
                        };
                        touches: {
                            /** @description Made by the version and not gone out or done. */
                            removed: number;
                            restored: number;
                            /** @description Made by the version, and gone out or done: they stay. */
                            staying: {
                                account: string;
                                /** Format: date */
                                due: string;
                                id: string;
                                result: string | null;
                                status: string;
                                title: string;
                                touchpoint: string;
                            }[];
                        };
                    };
                };
            };
        };
    };
    getScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        files: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
    };
    keepScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Scenario files: `scenarios.yaml` → its text.
                     * @default {}
                     */
                    files?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: boolean;
                    };
                };
            };
        };
    };
    runScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only cases whose name holds it. */
                    filter?: string;
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /**
                     * @description Scenario files: `scenarios.yaml` → its text.
                     * @default {}
                     */
                    scenarios?: {
                        [key: string]: string;
                    };
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScenarioResults"];
                };
            };
        };
    };
    validateModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `welcome.en` → text of `messages/welcome.en.liquid`.
                     * @default {}
                     */
                    messages?: {
                        [key: string]: string;
                    };
                    /** @description The text of the model file. */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        diagnostics: components["schemas"]["Diagnostic"][];
                        ok: boolean;
                    };
                };
            };
        };
    };
    listOutbox: {
        parameters: {
            query?: {
                account?: string;
                channel?: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
                contact?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                message_id?: string;
                program?: string;
                status?: "queued" | "sending" | "sent" | "dry_run" | "uncertain" | "failed" | "dead";
                touch?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedMessage"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutgoingMessage"];
                };
            };
        };
    };
    settleMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    finding: "sent" | "not_sent" | "again";
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutgoingMessage"];
                };
            };
        };
    };
    replayMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: string[];
                    };
                };
            };
        };
    };
    overview: {
        parameters: {
            query?: {
                in_need?: number;
                /** @description Movers from this day on; 30 days back. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
        };
    };
    bookFlows: {
        parameters: {
            query: {
                by?: "day" | "week" | "month" | "quarter";
                /** @description A day like 2026-03-02. */
                from: string;
                /** @description What of accounts is told. */
                of: "level" | "stage" | "health";
                /** @description A day like 2026-03-02. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookFlows"];
                };
            };
        };
    };
    listMovedAccounts: {
        parameters: {
            query: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description A day like 2026-03-02. */
                from: string;
                /** @description A name; `-` for not in the book; empty: of no level, stage or band. */
                is?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description What of accounts is told. */
                of: "level" | "stage" | "health";
                /** @description A day like 2026-03-02. */
                to: string;
                /** @description As `is`; left out: wherever it was. */
                was?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MovedAccount"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listMovers: {
        parameters: {
            query: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description Left out: none. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description A day like 2026-03-02. */
                since: string;
                /** @description Left out: none. */
                to?: string;
                what: "level" | "stage";
                why: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Mover"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listAccountsInNeed: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountInNeed"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    renewals: {
        parameters: {
            query?: {
                quarters?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Renewals"];
                };
            };
        };
    };
    touchTallies: {
        parameters: {
            query: {
                /** @description A day like 2026-03-02. */
                from: string;
                /** @description A day like 2026-03-02. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchTallies"];
                };
            };
        };
    };
    listTalliedTouches: {
        parameters: {
            query: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description A day like 2026-03-02. */
                from: string;
                human?: "true" | "false";
                /** @description Empty: of no level. */
                level?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description `planned`: all but `off`. */
                outcome?: "done" | "open" | "missed" | "off" | "planned";
                /** @description A day like 2026-03-02. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TalliedTouch"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listOwners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Owners"];
                };
            };
        };
    };
    acceptOwners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {boolean} */
                    all: true;
                } | {
                    accounts: {
                        account: string;
                        /** @description Whom the suggestion named; another by now: nothing is done. */
                        owner?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnersChanged"];
                };
            };
        };
    };
    suggestOwners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestedOwners"];
                };
            };
        };
    };
    listPauses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pause"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    pause: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Which channel or program.
                     * @default
                     */
                    name?: string;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                    /** @enum {string} */
                    scope: "all" | "channel" | "program";
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pause"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Which channel or program.
                     * @default
                     */
                    name?: string;
                    /** @description Why; kept in the audit log. */
                    reason?: string;
                    /** @enum {string} */
                    scope: "all" | "channel" | "program";
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pause"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    portfolio: {
        parameters: {
            query?: {
                /** @description Band of health. */
                band?: string;
                /** @description Names of columns, with commas between them; see `/api/portfolio/columns`. */
                columns?: string;
                level?: string;
                limit?: number;
                offset?: number;
                /** @description Team members' ids; `none`: of nobody. */
                owner?: string;
                /** @description Beginning of an id, or part of a name. */
                q?: string;
                /** @description The renewal lies at most so many days ahead. */
                renewal_within?: number;
                /** @description In all of these: `losing_interest`, or `value:small` of several. */
                segment?: string;
                /** @description A column; `-name` turns it around. Unknown values come last. */
                sort?: string;
                stage?: string;
                /** @description A rule: `level == "high" && health < 50`. Decided accounts only. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioPage"];
                };
            };
        };
    };
    portfolioColumns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioDescription"];
                };
            };
        };
    };
    portfolioFacets: {
        parameters: {
            query?: {
                /** @description Band of health. */
                band?: string;
                level?: string;
                /** @description Team members' ids; `none`: of nobody. */
                owner?: string;
                /** @description Beginning of an id, or part of a name. */
                q?: string;
                /** @description The renewal lies at most so many days ahead. */
                renewal_within?: number;
                /** @description In all of these: `losing_interest`, or `value:small` of several. */
                segment?: string;
                stage?: string;
                /** @description A rule: `level == "high" && health < 50`. Decided accounts only. */
                where?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioFacets"];
                };
            };
        };
    };
    postResults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    results: components["schemas"]["ResultInput"][];
                } | components["schemas"]["ResultInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ResultAnswer"][];
                    };
                };
            };
        };
    };
    postMailResults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description As the provider sends it. */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ResultAnswer"][];
                        /** @description Messages that no known provider sends. */
                        unknown: number;
                    };
                };
            };
        };
    };
    listSegments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Segment"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    segmentAccounts: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                segment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedAccount"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    segmentOverlaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentOverlaps"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expires_at: string;
                        member: string | null;
                    };
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    mailSignInLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                    };
                };
            };
        };
    };
    listSuppressions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description Only those of this address. */
                email?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Suppression"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    liftSuppressions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only for this channel; default: for all. */
                    channel?: string;
                    email: string;
                    /** @description Kept in the audit log: do not name the address. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Channels. */
                        lifted: string[];
                    };
                };
            };
        };
    };
    listSurveys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Survey"][];
                    };
                };
            };
        };
    };
    listSurveyAnswers: {
        parameters: {
            query?: {
                account?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description `nps` (0 to 10), `csat` (1 to 5), `ces` (1 to 7), or any other (0 to 10). */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SurveyAnswer"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    postSurveyAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `nps` (0 to 10), `csat` (1 to 5), `ces` (1 to 7), or any other (0 to 10). */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answers: components["schemas"]["NewSurveyAnswerInput"][];
                } | components["schemas"]["NewSurveyAnswerInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["SurveyAnswerResult"][];
                    };
                };
            };
        };
    };
    listTeam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TeamMember"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    putMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    access?: ("csm" | "leader" | "ops" | "admin") | null;
                    email?: string | null;
                    hours_per_week?: number | null;
                    languages?: string[];
                    name?: string | null;
                    pod?: string | null;
                    region?: string | null;
                    role?: string | null;
                    skills?: string[];
                    starts_on?: string | null;
                    timezone?: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
        };
    };
    endMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on: string | null;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
        };
    };
    setLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    leave: {
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description A day like 2026-03-02.
                         */
                        to: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Template"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    templateNeeds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateNeeds"];
                };
            };
        };
    };
    today: {
        parameters: {
            query?: {
                /** @description A team member's id, `all`, or `nobody` for what is a pod's, the pool's or a role's; default: whoever asks. */
                owner?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Today"];
                };
            };
        };
    };
    touchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchWebhook"];
                };
            };
        };
    };
    listTouches: {
        parameters: {
            query?: {
                account?: string;
                channel?: "email" | "in_app" | "slack" | "webhook" | "task" | "call" | "video" | "in_person" | "webinar";
                contact?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description Due on or after this day. */
                from?: string;
                /** @description Done by people, or by automation. */
                human?: "true" | "false";
                /** @description How many at most. */
                limit?: number;
                /** @description Team member's id: theirs, and those in which they stand in for somebody; `none`: of nobody in particular. */
                owner?: string;
                program?: string;
                /** @description One status, or several with commas: `planned,due`. */
                status?: string;
                /** @description Due on or before this day. */
                to?: string;
                touchpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedTouch"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    addTouch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account: string;
                    /**
                     * Format: date
                     * @description When it is to happen; default: today.
                     */
                    due?: string;
                    /** @description Minutes that it took. */
                    minutes?: number;
                    /** @description What was said. */
                    note?: string;
                    /**
                     * @description Given: it has happened already.
                     * @enum {string}
                     */
                    result?: "held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed";
                    /** @description What kind of touch, as the model names it. */
                    touchpoint: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    getTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedTouch"];
                };
            };
        };
    };
    assignTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Team member's id; null: nobody in particular. */
                    owner: string | null;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    touchBrief: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchBrief"];
                };
            };
        };
    };
    doneTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All of them: they replace those there were. */
                    action_items?: {
                        /** @default false */
                        done?: boolean;
                        /** @default null */
                        due?: string | null;
                        /** @default null */
                        owner?: string | null;
                        text: string;
                    }[];
                    /** @description Minutes that it took. */
                    minutes?: number;
                    /** @description What was said. */
                    note?: string;
                    /** @enum {string} */
                    result: "held" | "no_show" | "attended" | "registered" | "seen" | "delivered" | "opened" | "clicked" | "replied" | "converted" | "completed" | "bounced" | "complained" | "dismissed" | "unsubscribed";
                    /**
                     * @description What the account answered: trait → value; null clears it.
                     * @default {}
                     */
                    set?: {
                        [key: string]: string | number | boolean | null;
                    };
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    notesTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All of them: they replace those there were. */
                    action_items?: {
                        /** @default false */
                        done?: boolean;
                        /** @default null */
                        due?: string | null;
                        /** @default null */
                        owner?: string | null;
                        text: string;
                    }[];
                    minutes?: number | null;
                    note?: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    rescheduleTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date
                     * @description Its new day.
                     */
                    due?: string;
                    /** @description Why; kept in the audit log. */
                    reason: string;
                    /**
                     * Format: date-time
                     * @description The new time of an appointment: whoever is invited hears of it.
                     */
                    starts_at?: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    scheduleTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description A time like 2026-03-02T15:00:00Z.
                     */
                    starts_at: string;
                    /**
                     * @description Contacts who are to come: ids, addresses or names.
                     * @default []
                     */
                    with?: string[];
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    skipTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept in the audit log. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    snoozeTouch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                touch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    reason?: string | null;
                    /** @description When it comes back; null: now. */
                    until: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchDone"];
                };
            };
        };
    };
    listUnattributed: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                reason?: "no_account" | "several_accounts" | "other_content";
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UnattributedMessage"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                        reasons: {
                            messages: number;
                            /** Format: date-time */
                            newest: string;
                            /** Format: date-time */
                            oldest: string;
                            /** @enum {string} */
                            reason: "no_account" | "several_accounts" | "other_content";
                            users: number;
                            why: string;
                        }[];
                        total: number;
                    };
                };
            };
        };
    };
    listViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedView"][];
                        next_cursor: null;
                    };
                };
            };
        };
    };
    addView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Filter, order and columns, as the screen writes them. */
                    content: {
                        [key: string]: unknown;
                    };
                    name: string;
                    shared: boolean;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
        };
    };
    changeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Filter, order and columns, as the screen writes them. */
                    content: {
                        [key: string]: unknown;
                    };
                    name: string;
                    shared: boolean;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
        };
    };
    removeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: boolean;
                    };
                };
            };
        };
    };
    chooseDefaultView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    view: string | null;
                };
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        view: string | null;
                    };
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                    };
                };
            };
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeWebhook"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChangeInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    pingWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPing"];
                };
            };
        };
    };
    getWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string;
                    };
                };
            };
        };
    };
    listWebhookMessages: {
        parameters: {
            query?: {
                account?: string;
                /** @description `next_cursor` of the page before; with the same filters. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                status?: "queued" | "sending" | "sent" | "dead";
                webhook?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookMessage"][];
                        /** @description Where to go on; null: at the end. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    replayWebhookMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplayInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                        version: string;
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    ingestAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestIdentify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestScreen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ingestTrack: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listInAppMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["InAppMessage"][];
                    };
                };
            };
            /** @description As it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reportInAppMessages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InAppReportsInput"];
            };
        };
        responses: {
            /** @description Refused: a problem document says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: a problem document says why */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recorded: number;
                    };
                };
            };
        };
    };
}
