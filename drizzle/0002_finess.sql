CREATE INDEX "organization_finess" ON "organization" USING btree ("finess");--> statement-breakpoint
CREATE INDEX "organization_finess_juridique" ON "organization" USING btree ("finess_juridique");