alter table held add column more int;
