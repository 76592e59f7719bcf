CREATE SEQUENCE "public"."change_log_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "change_log" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"xid" "xid8" NOT NULL,
	"seq" bigint NOT NULL,
	"is_deleted" boolean NOT NULL,
	"created_xid" "xid8" NOT NULL,
	CONSTRAINT "change_log_key_kind_pk" PRIMARY KEY("key","kind")
);
--> statement-breakpoint
CREATE TABLE "code_label" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "code_label_list_code_pk" PRIMARY KEY("list","code")
);
--> statement-breakpoint
CREATE TABLE "import_run" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"state" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"report" jsonb
);
--> statement-breakpoint
CREATE TABLE "index_cursor" (
	"incarnation" text PRIMARY KEY NOT NULL,
	"document_version" text NOT NULL,
	"xid" "xid8" NOT NULL,
	"seq" bigint NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox" (
	"address" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"dematerialisation" boolean,
	"last_opened_on" date,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox_holder" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"practitioner_id" text,
	"family_name" text,
	"given_names" text,
	"civilite_exercice" text,
	"profession_code" text,
	"savoir_faire_code" text,
	"organization_id" text,
	"service_name" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text NOT NULL,
	"source" text NOT NULL,
	"finess" text,
	"finess_juridique" text,
	"siret" text,
	"siren" text,
	"name" text,
	"trade_name" text,
	"category_code" text,
	"secteur_activite" text,
	"recipient" text,
	"geographic_point" text,
	"street" text,
	"distribution" text,
	"postcode" text,
	"is_cedex" boolean,
	"commune_code" text,
	"locality" text,
	"departement_code" text,
	"country_code" text,
	"phone" text,
	"fax" text,
	"email" text,
	"latitude" double precision,
	"longitude" double precision,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_id_source_pk" PRIMARY KEY("id","source")
);
--> statement-breakpoint
CREATE TABLE "postcode" (
	"id" uuid PRIMARY KEY NOT NULL,
	"postcode" text NOT NULL,
	"commune_code" text NOT NULL,
	"label" text NOT NULL,
	"line5" text,
	"latitude" double precision,
	"longitude" double precision,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practitioner" (
	"id" text PRIMARY KEY NOT NULL,
	"family_name" text NOT NULL,
	"given_names" text,
	"civilite" text,
	"civilite_exercice" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practitioner_role" (
	"id" uuid PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"profession_code" text NOT NULL,
	"categorie_professionnelle" text,
	"mode_exercice" text,
	"secteur_activite" text,
	"section_pharmacien" text,
	"role" text,
	"genre_activite" text,
	"autorite_enregistrement" text,
	"organization_id" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "qualification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"practitioner_id" text NOT NULL,
	"kind" text NOT NULL,
	"type" text,
	"code" text NOT NULL,
	"label" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "savoir_faire" (
	"source" text NOT NULL,
	"practitioner_id" text NOT NULL,
	"profession_code" text NOT NULL,
	"type" text NOT NULL,
	"code" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "savoir_faire_practitioner_id_source_profession_code_type_code_pk" PRIMARY KEY("practitioner_id","source","profession_code","type","code")
);
--> statement-breakpoint
CREATE TABLE "source_state" (
	"source" text PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"reader_version" integer NOT NULL,
	"published_at" timestamp with time zone,
	"checked_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"run_id" integer NOT NULL,
	"lines" integer NOT NULL,
	"accepted" integer NOT NULL,
	"rejected" integer NOT NULL,
	"etag" text,
	"last_modified" text
);
--> statement-breakpoint
CREATE TABLE "store_identity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "withheld" (
	"key" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "change_log_position" ON "change_log" USING btree ("xid","seq");--> statement-breakpoint
CREATE INDEX "mailbox_holder_address" ON "mailbox_holder" USING btree ("address");--> statement-breakpoint
CREATE INDEX "mailbox_holder_practitioner" ON "mailbox_holder" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "mailbox_holder_organization" ON "mailbox_holder" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "organization_commune" ON "organization" USING btree ("commune_code");--> statement-breakpoint
CREATE INDEX "practitioner_role_practitioner" ON "practitioner_role" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "practitioner_role_organization" ON "practitioner_role" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "qualification_practitioner" ON "qualification" USING btree ("practitioner_id");