CREATE TABLE "declaration" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"practitioner_id" text COLLATE "C",
	"organization_id" text COLLATE "C",
	"territory_id" text COLLATE "C",
	"mailbox" text COLLATE "C",
	"content" text NOT NULL,
	"version" integer NOT NULL,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declaration_change" (
	"key" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"author" text NOT NULL,
	"changes" text NOT NULL,
	CONSTRAINT "declaration_change_key_version_pk" PRIMARY KEY("key","version")
);
--> statement-breakpoint
CREATE TABLE "declaration_territory" (
	"key" text COLLATE "C" NOT NULL,
	"territory_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "declaration_territory_key_territory_id_pk" PRIMARY KEY("key","territory_id")
);
--> statement-breakpoint
CREATE TABLE "expertise_billing" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"numbers" text NOT NULL,
	"version" integer NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "declaration_practitioner" ON "declaration" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "declaration_organization" ON "declaration" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "declaration_mailbox" ON "declaration" USING btree ("mailbox");--> statement-breakpoint
CREATE INDEX "declaration_territory_id" ON "declaration_territory" USING btree ("territory_id");