-- Ends a transaction whose statements are sent together, without an answer in between, when one that must touch a row finds
-- none: what comes after it would have been done all the same.
CREATE FUNCTION must_touch(touched bigint) RETURNS boolean LANGUAGE plpgsql AS $$
begin
  if touched = 0 then
    raise exception 'Nothing was there to be touched' using errcode = 'FW001';
  end if;
  return true;
end
$$;
