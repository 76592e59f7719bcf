CREATE TABLE "declaration_draft" (
	"kind" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"editor" text COLLATE "C" NOT NULL,
	"base_version" integer NOT NULL,
	"content" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "declaration_draft_kind_key_editor_pk" PRIMARY KEY("kind","key","editor")
);
