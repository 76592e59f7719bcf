ALTER TABLE "import_run" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "import_run" ADD COLUMN "progress_at" timestamp with time zone;