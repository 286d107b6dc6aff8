-- setter.lua - whose forms these are: the site's or the paper's
return require(FORMAT:match('latex') and 'paper' or 'web')
