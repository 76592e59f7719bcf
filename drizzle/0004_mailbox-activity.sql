CREATE TABLE "mailbox_activity" (
	"address" text COLLATE "C" PRIMARY KEY NOT NULL,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox_channels" (
	"address" text COLLATE "C" PRIMARY KEY NOT NULL,
	"channels" text[] NOT NULL,
	"declared_at" timestamp with time zone DEFAULT now() NOT NULL
);
