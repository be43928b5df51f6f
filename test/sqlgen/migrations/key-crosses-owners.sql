-- expect 6: note: the foreign key to walk does not carry owner
CREATE TABLE note (
    owner BIGINT NOT NULL,
    id BIGINT NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, id) REFERENCES walk (id, owner)
);
