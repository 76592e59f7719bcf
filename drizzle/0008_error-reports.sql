CREATE TABLE "error_report" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "error_report_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"subject_id" text COLLATE "C" NOT NULL,
	"subject_name" text NOT NULL,
	"field" text NOT NULL,
	"message" text NOT NULL,
	"reporter" text NOT NULL,
	"reported_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "error_report_commune" (
	"report_id" integer NOT NULL,
	"commune_code" text COLLATE "C" NOT NULL,
	CONSTRAINT "error_report_commune_report_id_commune_code_pk" PRIMARY KEY("report_id","commune_code")
);
--> statement-breakpoint
CREATE INDEX "error_report_at" ON "error_report" USING btree ("reported_at");--> statement-breakpoint
CREATE INDEX "error_report_commune_code" ON "error_report_commune" USING btree ("commune_code");