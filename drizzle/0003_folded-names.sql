CREATE FUNCTION fold_name(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ select lower(translate(value, 'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝŸýÿ''’-.', 'aaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyyy    ')) $$;--> statement-breakpoint
CREATE INDEX practitioner_folded_family ON practitioner (fold_name(family_name) COLLATE "C") WHERE is_active;--> statement-breakpoint
CREATE INDEX mailbox_holder_folded_service ON mailbox_holder (fold_name(service_name) COLLATE "C") WHERE is_active AND service_name IS NOT NULL;
