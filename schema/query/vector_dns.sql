UPDATE dns SET vector = 'name_lookup' WHERE dir IS NOT 'local';
