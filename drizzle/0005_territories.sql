CREATE TABLE "territory" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"folded_name" text COLLATE "C" NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "territory_folded_name_unique" UNIQUE("folded_name")
);
--> statement-breakpoint
CREATE TABLE "territory_commune" (
	"territory_id" text COLLATE "C" NOT NULL,
	"commune_code" text COLLATE "C" NOT NULL,
	CONSTRAINT "territory_commune_territory_id_commune_code_pk" PRIMARY KEY("territory_id","commune_code")
);
--> statement-breakpoint
CREATE TABLE "territory_snapshot" (
	"territory_id" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"professionals" integer NOT NULL,
	"without_mailbox" integer NOT NULL,
	CONSTRAINT "territory_snapshot_territory_id_day_pk" PRIMARY KEY("territory_id","day")
);
--> statement-breakpoint
CREATE INDEX "territory_commune_code" ON "territory_commune" USING btree ("commune_code");