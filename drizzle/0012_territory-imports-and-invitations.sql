CREATE TABLE "territory_import" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"territory_id" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"file_name" text NOT NULL,
	"columns" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" json NOT NULL,
	"confirmed_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"left_by_undo" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territory_import_line" (
	"import_id" text COLLATE "C" NOT NULL,
	"line" integer NOT NULL,
	"state" text NOT NULL,
	"practitioner_id" text COLLATE "C",
	"cells" json NOT NULL,
	"choice" json,
	"candidates" json NOT NULL,
	"faults" json NOT NULL,
	"changes" json NOT NULL,
	CONSTRAINT "territory_import_line_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"territory_id" text COLLATE "C" NOT NULL,
	"practitioner_id" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"means" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp with time zone,
	CONSTRAINT "invitation_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "territory_snapshot" ADD COLUMN "empty_pages" integer;--> statement-breakpoint
ALTER TABLE "territory_snapshot" ADD COLUMN "partial_pages" integer;--> statement-breakpoint
ALTER TABLE "territory_snapshot" ADD COLUMN "complete_pages" integer;--> statement-breakpoint
ALTER TABLE "territory_snapshot" ADD COLUMN "stale_pages" integer;--> statement-breakpoint
ALTER TABLE "territory_snapshot" ADD COLUMN "error_reports" integer;--> statement-breakpoint
CREATE INDEX "territory_import_territory" ON "territory_import" USING btree ("territory_id","created_at");--> statement-breakpoint
CREATE INDEX "territory_import_line_state" ON "territory_import_line" USING btree ("import_id","state","line");--> statement-breakpoint
CREATE INDEX "invitation_practitioner" ON "invitation" USING btree ("practitioner_id","sent_at");