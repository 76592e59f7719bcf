CREATE TABLE "delegation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"practitioner_id" text COLLATE "C" NOT NULL,
	"delegate" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"until" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "private_contact" (
	"practitioner_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"verified_at" timestamp with time zone,
	"code_hash" text,
	"code_sent_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "private_contact_practitioner_id_kind_pk" PRIMARY KEY("practitioner_id","kind")
);
--> statement-breakpoint
CREATE TABLE "profile" (
	"practitioner_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"content" json NOT NULL,
	"completeness" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "profile_change" (
	"practitioner_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"author" json NOT NULL,
	"changes" json NOT NULL,
	"import_id" text COLLATE "C",
	CONSTRAINT "profile_change_practitioner_id_version_pk" PRIMARY KEY("practitioner_id","version")
);
--> statement-breakpoint
CREATE TABLE "profile_draft" (
	"practitioner_id" text COLLATE "C" NOT NULL,
	"editor" text COLLATE "C" NOT NULL,
	"base_version" integer NOT NULL,
	"content" json NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profile_draft_practitioner_id_editor_pk" PRIMARY KEY("practitioner_id","editor")
);
--> statement-breakpoint
CREATE INDEX "delegation_practitioner" ON "delegation" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "delegation_delegate" ON "delegation" USING btree ("delegate");--> statement-breakpoint
CREATE INDEX "profile_change_import" ON "profile_change" USING btree ("import_id");