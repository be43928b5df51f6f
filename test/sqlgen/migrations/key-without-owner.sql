-- expect 5: note: the foreign key to walk does not carry owner
CREATE TABLE note (
    owner BIGINT NOT NULL,
    id BIGINT NOT NULL,
    walk BIGINT NOT NULL REFERENCES walk (id),
    PRIMARY KEY (owner, id)
);
